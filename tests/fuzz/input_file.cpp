#include "tests/fuzz/input_file.hpp"

#include "tests/fuzz/require.hpp"

#include <string>
#include <unistd.h>

namespace harmattan::fuzz {

namespace fs = std::filesystem;

namespace {

class InputFile {
public:
    InputFile() {
        const fs::path memory = "/dev/shm";
        std::string name =
            ((fs::is_directory(memory) ? memory : fs::temp_directory_path()) / "harmattan-fuzz-XXXXXX").string();
        m_fd = mkstemp(name.data());
        require(m_fd >= 0, "a temporary file can be made");
        m_path = name;
    }
    ~InputFile() {
        close(m_fd);
        unlink(m_path.c_str());
    }
    InputFile(const InputFile&) = delete;
    InputFile& operator=(const InputFile&) = delete;

    const fs::path& hold(std::span<const std::byte> bytes) {
        require(ftruncate(m_fd, 0) == 0 &&
                    pwrite(m_fd, bytes.data(), bytes.size(), 0) == static_cast<ssize_t>(bytes.size()),
                "the temporary file takes the input");
        return m_path;
    }

private:
    int m_fd = -1;
    fs::path m_path;
};

} // namespace

const fs::path& input_file(std::span<const std::byte> bytes) {
    static InputFile file;
    return file.hold(bytes);
}

} // namespace harmattan::fuzz
