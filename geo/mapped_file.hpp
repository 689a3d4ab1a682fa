#pragma once
// A whole file as read-only memory. The file must not be cut while it is mapped (reading past a cut end is SIGBUS);
// `changed` tells whether somebody wrote to it meanwhile.

#include <cstdint>
#include <filesystem>
#include <string_view>

namespace harmattan::geo {

class MappedFile {
public:
    /// Throws Error: no_input (absent, not a regular file), not_permitted, io.
    explicit MappedFile(const std::filesystem::path& file);
    ~MappedFile();
    MappedFile(MappedFile&& other) noexcept;
    MappedFile& operator=(MappedFile&&) = delete;

    std::string_view text() const { return {m_begin, m_size}; }
    /// Whether size or time of the last change differ from when it was opened.
    bool changed() const;

private:
    int m_descriptor = -1;
    const char* m_begin = nullptr;
    std::size_t m_size = 0;
    std::int64_t m_changed_ns = 0;
};

} // namespace harmattan::geo
