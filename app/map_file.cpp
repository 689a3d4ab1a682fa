#include "app/map_file.hpp"

#include "app/keys.hpp"
#include "geo/error.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>
#define TOML_EXCEPTIONS 1
#include <toml++/toml.h>

namespace harmattan::app {

namespace {

std::string place(const std::string& file, const toml::source_region& region) {
    return fmt::format("{}:{}:{}", file, region.begin.line, region.begin.column);
}

/// A scalar as the text the same flag would have.
std::optional<std::string> text_of(const toml::node& node) {
    if (const auto* s = node.as_string()) return s->get();
    if (const auto* i = node.as_integer()) return fmt::format("{}", i->get());
    if (const auto* f = node.as_floating_point()) return fmt::format("{}", f->get());
    if (const auto* b = node.as_boolean()) return b->get() ? "true" : "false";
    if (const auto* d = node.as_date())
        return fmt::format("{:04}-{:02}-{:02}", d->get().year, d->get().month, d->get().day);
    return std::nullopt;
}

std::vector<std::string> texts_of(const toml::node& node) {
    std::vector<std::string> texts;
    if (const auto* list = node.as_array()) {
        for (const toml::node& item : *list)
            if (const auto text = text_of(item)) texts.push_back(*text);
            else return {};
    } else if (const auto text = text_of(node)) {
        texts.push_back(*text);
    }
    return texts;
}

class Reader {
public:
    Reader(Job& job, std::string file) : m_job(job), m_file(std::move(file)) {}

    void read(const toml::table& root) {
        for (const auto& [section, node] : root) {
            const toml::table* table = node.as_table();
            if (!table) {
                try {
                    set_key(m_job, section.str(), {}, place(m_file, node.source()));
                } catch (const geo::Error& error) { m_faults.push_back(error.line()); }
                continue;
            }
            for (const auto& [name, value] : *table) read_value(fmt::format("{}.{}", section.str(), name.str()), value);
        }
        if (!m_faults.empty())
            throw geo::Error(geo::ErrorKind::bad_config, fmt::format("{}", fmt::join(m_faults, " | ")));
    }

private:
    void read_value(const std::string& path, const toml::node& value) {
        const std::string where = place(m_file, value.source());
        try {
            const std::vector<std::string> texts = texts_of(value);
            const Key* key = find_key(path);
            if (key && (texts.empty() || (key->type != KeyType::list && value.is_array())))
                throw geo::Error(geo::ErrorKind::bad_config, fmt::format("{} should be {}", path, key->example))
                    .at(where);
            if (key && key->type == KeyType::number && !value.is_number())
                throw geo::Error(geo::ErrorKind::bad_config,
                                 fmt::format("{} should be a number, such as {}", path, key->example))
                    .at(where);
            set_key(m_job, path, texts, where);
        } catch (const geo::Error& error) { m_faults.push_back(error.line()); }
    }

    Job& m_job;
    std::string m_file;
    std::vector<std::string> m_faults;
};

} // namespace

void read_map_file(Job& job, const std::filesystem::path& file) {
    std::error_code failed;
    if (!std::filesystem::is_regular_file(file, failed))
        throw geo::Error(geo::ErrorKind::no_input, fmt::format("there is no map file '{}'", file.string()));
    job.file = file.filename().string();
    job.map_file = file;
    job.folder = file.parent_path();
    try {
        Reader(job, job.file).read(toml::parse_file(file.string()));
    } catch (const toml::parse_error& error) {
        throw geo::Error(geo::ErrorKind::bad_config, fmt::format("the map file is not TOML: {}", error.description()))
            .at(place(job.file, error.source()));
    }
}

std::vector<std::string> texts_of_toml(const std::string& value) {
    if (!value.starts_with('[') && !value.starts_with('"')) return {value};
    try {
        const toml::table parsed = toml::parse("value = " + value);
        const std::vector<std::string> texts = texts_of(*parsed.get("value"));
        return texts.empty() ? std::vector<std::string>{value} : texts;
    } catch (const toml::parse_error&) { return {value}; }
}

std::string commented_map_file(const Job& job) {
    std::string text =
        "# A map for harmattan: `harmattan tiles map.toml -o map.pmtiles`.\n"
        "# Lines that begin with '#' show what else can be set; each is also a flag or --set KEY=VALUE.\n";
    std::string section;
    for (const Key& key : job_keys()) {
        const std::size_t dot = key.path.find('.');
        if (key.path.substr(0, dot) != section) {
            section = key.path.substr(0, dot);
            text += fmt::format("\n[{}]\n", section);
        }
        const std::string name = key.path.substr(dot + 1);
        const bool given =
            (key.path == "events.file" && !job.events.empty()) || (key.path == "map.title" && !job.title.empty());
        const std::string value = key.path == "events.file" ? job.events.string() : job.title;
        std::string quoted;
        for (const char c : value) quoted += c == '"' || c == '\\' ? std::string("\\") + c : std::string(1, c);
        text += fmt::format("# {}{}\n", key.help, key.flag.empty() ? "" : fmt::format(" ({})", key.flag));
        text += given ? fmt::format("{} = \"{}\"\n", name, quoted) : fmt::format("# {} = {}\n", name, key.example);
    }
    return text;
}

} // namespace harmattan::app
