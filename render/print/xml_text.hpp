#pragma once
// Text, numbers and names as XML takes them.

#include <set>
#include <string>
#include <string_view>

namespace harmattan::render {

/// Escaped for content and for attributes in double quotes. What XML forbids is not in it: ill-formed UTF-8 and
/// noncharacters come as U+FFFD, tabs and line ends as blanks; control characters are left out.
std::string to_xml(std::string_view text);

/// The nearest hundredth, in its shortest form: "12.5", "-0.07", "0". Not finite: "0".
void append_hundredths(std::string& to, double value);

/// Valid ids that are each given once: "map", "map-2" for another one; other characters than ASCII letters, digits,
/// '.',
/// '-' and '_' become '-'.
class XmlIds {
public:
    std::string make(std::string_view name);

private:
    std::set<std::string> m_given;
};

} // namespace harmattan::render
