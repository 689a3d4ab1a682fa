// A folder of tiles, z/x/y.png, as any static host serves it, with metadata.json and TileJSON inside.

#include "geo/error.hpp"
#include "tiles/containers.hpp"
#include "tiles/metadata.hpp"
#include "tiles/publish.hpp"
#include "tiles/tilejson.hpp"

#include <fmt/format.h>

namespace harmattan::tiles {

namespace fs = std::filesystem;

namespace {

class DirectoryWriter final : public ArchiveWriter {
public:
    DirectoryWriter(const fs::path& output, const ArchiveOptions& options)
        : m_staged(output, options.force, "metadata.json"), m_extension(render::extension(options.format)) {}

private:
    void write(std::uint64_t, geo::TileId tile, std::span<const std::byte> bytes, const Hash128&) override {
        const fs::path folder = m_staged.path() / fmt::format("{}/{}", tile.z, tile.x);
        File file = create(folder, fmt::format("{}.{}", tile.y, m_extension));
        file.write_at(0, bytes);
        file.close();
    }

    void publish(const TilesetInfo& info, const std::string& metadata) override {
        write_text(m_staged.path() / "metadata.json", seal_json(metadata));
        const std::string tail = fmt::format("{{z}}/{{x}}/{{y}}.{}", m_extension);
        write_text(m_staged.path() / "tilejson.local.json", seal_json(tilejson(info, tail)));
        if (!info.base_url.empty())
            write_text(m_staged.path() / "tilejson.json", seal_json(tilejson(info, joined(info.base_url, tail))));
        m_staged.commit();
    }

    // The Hilbert order comes back to a column many times, so its folder is usually there.
    File create(const fs::path& folder, const std::string& name) {
        if (m_last_folder != folder) {
            std::error_code code;
            fs::create_directories(folder, code);
            if (code)
                throw geo::Error(geo::ErrorKind::io,
                                 fmt::format("cannot create {}: {}", folder.string(), code.message()));
            m_last_folder = folder;
        }
        return File::create(folder / name);
    }

    StagedDirectory m_staged;
    std::string_view m_extension;
    fs::path m_last_folder;
};

} // namespace

std::unique_ptr<ArchiveWriter> create_directory(const fs::path& output, const ArchiveOptions& options) {
    return std::make_unique<DirectoryWriter>(output, options);
}

} // namespace harmattan::tiles
