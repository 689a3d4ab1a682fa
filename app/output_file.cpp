#include "app/output_file.hpp"

#include "geo/error.hpp"
#include "tiles/publish.hpp"

#include <fmt/format.h>
#include <span>

namespace harmattan::app {

void write_output_file(const std::filesystem::path& file, std::string_view text, bool force) {
    tiles::StagedFile staged(file, force);
    staged.file().write_at(0, std::as_bytes(std::span(text)));
    staged.commit();
}

void require_free(const std::filesystem::path& file, bool force) {
    if (!force && std::filesystem::exists(std::filesystem::symlink_status(file)))
        throw geo::Error(geo::ErrorKind::cannot_create,
                         fmt::format("{} exists; use --force to replace it", file.string()));
}

void require_distinct(const std::vector<std::filesystem::path>& inputs,
                      const std::vector<std::filesystem::path>& outputs) {
    const auto same = [](const std::filesystem::path& a, const std::filesystem::path& b) {
        std::error_code failed;
        return std::filesystem::weakly_canonical(a, failed) == std::filesystem::weakly_canonical(b, failed);
    };
    for (std::size_t i = 0; i < outputs.size(); ++i) {
        if (outputs[i].empty()) continue;
        for (const std::filesystem::path& input : inputs)
            if (!input.empty() && same(outputs[i], input))
                throw geo::Error(
                    geo::ErrorKind::usage,
                    fmt::format("'{}' is read and would be written; name another output", outputs[i].string()));
        for (std::size_t j = 0; j < i; ++j)
            if (!outputs[j].empty() && same(outputs[i], outputs[j]))
                throw geo::Error(geo::ErrorKind::usage,
                                 fmt::format("'{}' is named for two outputs", outputs[i].string()));
    }
}

} // namespace harmattan::app
