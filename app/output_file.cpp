#include "app/output_file.hpp"

#include "tiles/publish.hpp"

#include <span>

namespace harmattan::app {

void write_output_file(const std::filesystem::path& file, std::string_view text, bool force) {
    tiles::StagedFile staged(file, force);
    staged.file().write_at(0, std::as_bytes(std::span(text)));
    staged.commit();
}

} // namespace harmattan::app
