#pragma once
// Reads one layer of a style: its type, source, filter and properties, against the table of the specification.

#include "styles/style.hpp"

namespace harmattan::styles {

/// Where faults and warnings of a style go, with the pointer of what is being read put before them.
class Findings {
public:
    Findings(std::vector<Fault>& faults, std::vector<Fault>& warnings) : m_faults(faults), m_warnings(warnings) {}
    void fault(const std::string& pointer, const std::string& message) { m_faults.push_back({pointer, message}); }
    void warn(const std::string& pointer, const std::string& message) { m_warnings.push_back({pointer, message}); }

private:
    std::vector<Fault>& m_faults;
    std::vector<Fault>& m_warnings;
};

/// Nothing where the layer's type is not drawn (a warning) or not known (a fault). `pointer` is the layer's place.
std::optional<Layer> read_layer(const Value& json, const std::string& pointer,
                                const std::map<std::string, Source>& sources, Findings& findings);

} // namespace harmattan::styles
