#include "tiles/serve/host_list.hpp"

#include "geo/error.hpp"

#include <gtest/gtest.h>
#include <string>
#include <string_view>
#include <vector>

namespace harmattan::tiles {

namespace {

using namespace std::string_view_literals;
using Hosts = std::vector<std::string_view>;

TEST(HostList, LocalhostAndAddressesNeedNoList) {
    const HostList hosts({});
    for (const std::string_view host :
         Hosts{"localhost", "LocalHost", "localhost:8080", "localhost:0", "localhost:65535", "localhost:", "127.0.0.1",
               "127.0.0.1:8080", "192.168.1.7", "0.0.0.0:80", "255.255.255.255", "[::1]", "[::1]:8080",
               "[::1]:", "[::]", "[2001:db8::1]", "[2001:DB8::1]:443", "[::ffff:127.0.0.1]:80",
               "[0000:0000:0000:0000:0000:0000:0000:0001]"})
        EXPECT_TRUE(hosts.allows(host)) << host;
}

TEST(HostList, NamesThatAreGiven) {
    const HostList hosts({"maps.example.org", "Intranet"});
    for (const std::string_view host : Hosts{"maps.example.org", "MAPS.Example.ORG:8443", "intranet", "INTRANET:80"})
        EXPECT_TRUE(hosts.allows(host)) << host;
    for (const std::string_view host :
         Hosts{"example.org", "maps.example.org.", "maps.example.org.evil.test", "xmaps.example.org",
               "maps.example.orgx", "maps.example.org@evil.test", "evil.test", "intranet.evil.test", "maps"})
        EXPECT_FALSE(hosts.allows(host)) << host;
}

TEST(HostList, NothingElse) {
    const HostList hosts({"maps.example.org"});
    for (const std::string_view host :
         Hosts{"", " ", ":", ":80", "evil.test", "localhost.", "localhost.evil.test", "xlocalhost", "local host",
               "localhost ", " localhost", "localhost\0"sv, "localhost\0.evil.test"sv, "127.0.0.1\0"sv, "localhost:a",
               "localhost:-1", "localhost:+1", "localhost: 80", "localhost:80 ", "localhost:80:80", "localhost:65536",
               "localhost:100000", "localhost:99999999999999999999", "localhost/", "localhost/..", "http://localhost",
               "user@localhost", "localhost@evil.test", "localhost,evil.test", "localhost, localhost", "localhost%00",
               "%6cocalhost",
               // not the way an address is written: other readers take them for one, so a browser never sends them
               "127.1", "127.0.0", "127.0.0.1.", "127.0.0.1.evil.test", "127.0.0.256", "127.0.0.01", "0177.0.0.1",
               "0x7f.0.0.1", "2130706433", "127.0.0.1.1", "1.2.3.4.nip.io", ".127.0.0.1", "127..0.1",
               // IPv6 stands in brackets, whole
               "::1", "::1:80", "[::1", "::1]", "[]", "[", "]", "[::1]80", "[::1]x", "[::1]]", "[[::1]]", "[::1%25lo]",
               "[::1%lo]", "[fe80::1%eth0]", "[:::1]", "[::g]", "[127.0.0.1]", "[localhost]", "[::1]:65536",
               "[::1].evil.test", "[1:2:3:4:5:6:7:8:9]", "[::1]:80:80"})
        EXPECT_FALSE(hosts.allows(host)) << host;
    EXPECT_FALSE(hosts.allows(std::string(100'000, '1')));
    EXPECT_FALSE(hosts.allows("[" + std::string(100'000, ':') + "]"));
    EXPECT_FALSE(hosts.allows("localhost:" + std::string(100'000, '0')));
}

TEST(HostList, RefusesWhatIsNotAName) {
    for (const std::string& name : std::vector<std::string>{
             "", "https://maps.example.org", "maps.example.org:80", "maps.example.org/", "*", "*.example.org", "a b",
             ".example.org", "-a", "caf\xc3\xa9.example", std::string(254, 'a')})
        try {
            const HostList hosts({"good.example", name});
            ADD_FAILURE() << name;
        } catch (const geo::Error& e) {
            EXPECT_EQ(e.kind(), geo::ErrorKind::usage);
            EXPECT_NE(e.line().find("\"" + name + "\""), std::string::npos);
        }
}

} // namespace

} // namespace harmattan::tiles
