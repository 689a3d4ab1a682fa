#pragma once
// Which Host a request may name. A page elsewhere can point a name of its own at our address (DNS rebinding) and would
// then count as the same site; it cannot make a browser name us by a name that is not its own. So: "localhost", address
// literals, and the names given.

#include <string>
#include <string_view>
#include <vector>

namespace harmattan::tiles {

class HostList {
public:
    /// Names that are served beside localhost and addresses, such as "maps.example.org", any case. Throws usage for
    /// what is not a name.
    explicit HostList(std::vector<std::string> names);

    /// `host`: the value of Host, "name", "192.0.2.1" or "[2001:db8::1]", with or without ":port".
    bool allows(std::string_view host) const;

private:
    std::vector<std::string> m_names;
};

} // namespace harmattan::tiles
