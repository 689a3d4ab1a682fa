// A target without libFuzzer: its seeds, and mutations of them that are the same each time. Holds each input to a
// second of the processor, and the process to 256 MiB.

#include "tests/fuzz/require.hpp"

#include <algorithm>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>
#include <string>
#include <sys/resource.h>
#include <vector>

namespace fs = std::filesystem;
using harmattan::fuzz::require;

namespace {

constexpr int mutations = 10'000;
constexpr std::clock_t most_time = CLOCKS_PER_SEC;
constexpr long most_memory_kib = 256 << 10;

std::vector<std::string> read_seeds(const fs::path& folder) {
    std::vector<fs::path> files{fs::directory_iterator(folder), {}};
    std::sort(files.begin(), files.end());
    std::vector<std::string> seeds;
    for (const fs::path& file : files) {
        std::ifstream stream(file, std::ios::binary);
        seeds.emplace_back(std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>());
    }
    return seeds;
}

std::clock_t slowest = 0;

void run(const std::string& input) {
    const std::clock_t start = std::clock();
    LLVMFuzzerTestOneInput(reinterpret_cast<const std::uint8_t*>(input.data()), input.size());
    slowest = std::max(slowest, std::clock() - start);
}

/// Changes bytes, takes some out, puts some in, or joins the beginning of one seed to the end of another.
std::string mutated(const std::vector<std::string>& seeds, std::mt19937_64& random) {
    std::string input = seeds[random() % seeds.size()];
    for (std::uint64_t changes = 1 + random() % 6; changes > 0; --changes) {
        const std::size_t at = input.empty() ? 0 : random() % input.size();
        const auto byte = static_cast<char>(random());
        switch (random() % 7) {
        case 0: input.insert(at, 1 + random() % 9, byte); break;
        case 1: input.erase(at, 1 + random() % 9); break;
        case 2: input.resize(at); break;
        case 3: {
            const std::string& other = seeds[random() % seeds.size()];
            input = input.substr(0, at) + other.substr(other.empty() ? 0 : random() % other.size());
            break;
        }
        case 4:
            for (std::size_t i = at; i < std::min(at + 8, input.size()); ++i) input[i] = '\xff';
            break;
        case 5:
            if (!input.empty()) input[at] = static_cast<char>(input[at] ^ (1 << random() % 8));
            break;
        default:
            if (!input.empty()) input[at] = byte;
        }
    }
    return input;
}

} // namespace

int main(int argc, char** argv) {
    require(argc == 2, "the one argument is a folder of seeds");
    const std::vector<std::string> seeds = read_seeds(argv[1]);
    require(!seeds.empty(), "there are seeds");
    for (const std::string& seed : seeds) run(seed);
    run("");
    std::mt19937_64 random(1);
    for (int i = 0; i < mutations; ++i) run(mutated(seeds, random));
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    std::printf("%zu seeds and %d mutations; the slowest took %.3f s, memory at most %ld MiB\n", seeds.size(),
                mutations, static_cast<double>(slowest) / CLOCKS_PER_SEC, usage.ru_maxrss >> 10);
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
    require(slowest <= most_time, "an input takes a second at most");
    require(usage.ru_maxrss <= most_memory_kib, "the process takes 256 MiB at most");
#endif
}
