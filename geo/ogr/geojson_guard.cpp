#include "geo/ogr/geojson_guard.hpp"

#include "geo/error.hpp"
#include "geo/mapped_file.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <cstring>
#include <optional>
#include <string>

namespace harmattan::geo {

namespace {

bool same_word(std::string_view a, std::string_view lower) {
    return a.size() == lower.size() && std::equal(a.begin(), a.end(), lower.begin(), [](char x, char y) {
               return std::tolower(static_cast<unsigned char>(x)) == y;
           });
}

/// Escapes undone as far as ASCII goes; other characters become '?', which no allowed name holds.
std::string unescape(std::string_view raw) {
    std::string out;
    for (std::size_t i = 0; i < raw.size(); ++i) {
        if (raw[i] != '\\' || i + 1 == raw.size()) {
            out += raw[i];
            continue;
        }
        const char kind = raw[++i];
        if (kind != 'u') {
            out += kind == 'n' || kind == 't' || kind == 'r' || kind == 'b' || kind == 'f' ? ' ' : kind;
        } else {
            const std::string digits(raw.substr(i + 1, 4));
            const unsigned long code = std::strtoul(digits.c_str(), nullptr, 16);
            out += code < 0x80 ? static_cast<char>(code) : '?';
            i += std::min<std::size_t>(4, raw.size() - i - 1);
        }
    }
    return out;
}

class Scanner {
public:
    explicit Scanner(std::string_view text) : m_text(text) {}

    /// The next string's raw content, with m_at behind its closing quote; nothing at the end.
    std::optional<std::string_view> next_string() {
        const char* const base = m_text.data();
        const void* open = m_at < m_text.size() ? std::memchr(base + m_at, '"', m_text.size() - m_at) : nullptr;
        if (!open) return std::nullopt;
        const std::size_t begin = static_cast<std::size_t>(static_cast<const char*>(open) - base) + 1;
        // why: GDAL's JSON parser also takes 'single quotes' and /* comments */, behind which a key could hide
        const std::string_view gap = m_text.substr(m_at, begin - m_at);
        if (gap.find('\'') != gap.npos || gap.find('/') != gap.npos) m_strict = false;
        for (std::size_t at = begin; at < m_text.size(); ++at) {
            if (m_text[at] == '\\') {
                ++at;
            } else if (m_text[at] == '"') {
                m_at = at + 1;
                return m_text.substr(begin, at - begin);
            }
        }
        return std::nullopt;
    }

    char peek() {
        while (m_at < m_text.size() && std::strchr(" \t\r\n", m_text[m_at]) && m_text[m_at]) ++m_at;
        return m_at < m_text.size() ? m_text[m_at] : '\0';
    }
    bool take(char c) {
        if (peek() != c) return false;
        ++m_at;
        return true;
    }
    bool take_word(std::string_view word) {
        peek();
        if (m_text.substr(m_at, word.size()) != word) return false;
        m_at += word.size();
        return true;
    }
    /// Whether all so far was JSON as RFC 8259 has it, as far as quotes and comments go.
    bool strict() const { return m_strict; }
    std::ptrdiff_t line() const {
        return 1 + std::count(m_text.begin(), m_text.begin() + static_cast<std::ptrdiff_t>(m_at), '\n');
    }

private:
    std::string_view m_text;
    std::size_t m_at = 0;
    bool m_strict = true;
};

bool allowed_name(std::string_view name) {
    std::string lower(name);
    std::transform(lower.begin(), lower.end(), lower.begin(), [](unsigned char c) { return std::tolower(c); });
    const auto plain = [](char c) {
        return std::isalnum(static_cast<unsigned char>(c)) || c == ':' || c == '.' || c == '-' || c == '_';
    };
    return (lower.starts_with("urn:ogc:def:crs:") || lower.starts_with("epsg:") || lower.starts_with("ogc:") ||
            lower.starts_with("urn:x-ogc:def:crs:")) &&
           std::all_of(lower.begin(), lower.end(), plain);
}

/// After "crs": null or {"type": "name", "properties": {"name": "…"}} in either order of the members, nothing else.
bool crs_value_is_a_name(Scanner& scanner) {
    if (scanner.take_word("null")) return true;
    if (!scanner.take('{')) return false;
    bool typed = false, named = false;
    do {
        const auto key = scanner.next_string();
        if (!key || !scanner.take(':')) return false;
        if (*key == "type" && scanner.peek() == '"') {
            const auto type = scanner.next_string();
            if (!type || unescape(*type) != "name") return false;
            typed = true;
        } else if (*key == "properties" && scanner.take('{')) {
            const auto inner = scanner.next_string();
            if (!inner || *inner != "name" || !scanner.take(':') || scanner.peek() != '"') return false;
            const auto name = scanner.next_string();
            if (!name || !allowed_name(unescape(*name)) || !scanner.take('}')) return false;
            named = true;
        } else {
            return false;
        }
    } while (scanner.take(','));
    return scanner.take('}') && typed && named;
}

} // namespace

void guard_geojson(std::string_view text, const std::filesystem::path& file) {
    Scanner scanner(text);
    while (const auto found = scanner.next_string()) {
        if (!scanner.strict())
            throw Error(ErrorKind::bad_data, fmt::format("'{}' holds comments or single quotes, which JSON does not "
                                                         "have; save it again as plain JSON",
                                                         file.string()))
                .at(fmt::format("{}:{}", file.filename().string(), scanner.line()));
        const bool short_key = found->size() == 3 || found->find('\\') != found->npos;
        if (!short_key || !same_word(unescape(*found), "crs") || !scanner.take(':')) continue;
        const std::ptrdiff_t line = scanner.line();
        if (!crs_value_is_a_name(scanner))
            throw Error(ErrorKind::bad_data,
                        fmt::format("the \"crs\" member in '{}' is not a plain name such as \"EPSG:32630\" (links and "
                                    "addresses are not followed); remove it if the coordinates are degrees",
                                    file.string()))
                .at(fmt::format("{}:{}", file.filename().string(), line));
    }
}

void guard_geojson(const std::filesystem::path& file) { guard_geojson(MappedFile(file).text(), file); }

} // namespace harmattan::geo
