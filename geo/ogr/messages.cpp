#include "geo/ogr/messages.hpp"

#include "geo/utf8.hpp"

#include <algorithm>

namespace harmattan::geo {

namespace {
thread_local GdalMessages* innermost = nullptr;
constexpr std::size_t most_messages = 32; // a file can raise one a row; the first ones tell the story
} // namespace

GdalMessages::GdalMessages(bool (*pass_over)(std::string_view)) : m_outer(innermost), m_pass_over(pass_over) {
    innermost = this;
}
GdalMessages::~GdalMessages() { innermost = m_outer; }

bool GdalMessages::failed() const {
    return std::any_of(m_messages.begin(), m_messages.end(), [](const GdalMessage& m) { return m.failure; });
}

std::string GdalMessages::first_text(const std::string& otherwise) const {
    for (const GdalMessage& m : m_messages)
        if (m.failure) return m.text;
    return m_messages.empty() ? otherwise : m_messages.front().text;
}

void GdalMessages::deliver(bool failure, const char* text) {
    if (!innermost || (innermost->m_pass_over && innermost->m_pass_over(text))) return;
    std::vector<GdalMessage>& kept = innermost->m_messages;
    if (kept.size() >= most_messages && !failure) return;
    if (kept.size() >= 2 * most_messages) return;
    std::string line = to_valid_utf8(text);
    std::replace_if(
        line.begin(), line.end(), [](char c) { return c == '\n' || c == '\r'; }, ' ');
    kept.push_back({failure, std::move(line)});
}

} // namespace harmattan::geo
