#include "tiles/serve/accepts.hpp"

#include "tiles/serve/field_list.hpp"

#include <algorithm>
#include <optional>

namespace harmattan::tiles {

namespace {

constexpr int full_weight = 1000; ///< thousandths

/// qvalue: 0 to 1 with at most three decimals.
std::optional<int> parse_weight(std::string_view text) {
    if (text.empty() || (text[0] != '0' && text[0] != '1') || text.size() > 5) return std::nullopt;
    if (text.size() > 1 && text[1] != '.') return std::nullopt;
    int weight = full_weight * (text[0] - '0');
    for (int i = 2, scale = full_weight / 10; i < static_cast<int>(text.size()); ++i, scale /= 10) {
        const char c = text[static_cast<std::size_t>(i)];
        if (c < '0' || c > '9') return std::nullopt;
        weight += scale * (c - '0');
    }
    if (weight > full_weight) return std::nullopt;
    return weight;
}

struct Choice {
    std::string_view name;
    int weight = full_weight; ///< 0: refused
};

/// "name; parameter=value; q=0.5". Parameters but q are ignored.
Choice parse_choice(std::string_view element) {
    Choice choice;
    std::string_view part;
    if (!next_element(element, choice.name, ';')) return choice;
    while (next_element(element, part, ';'))
        if (part.size() > 1 && part[1] == '=' && (part[0] == 'q' || part[0] == 'Q'))
            choice.weight = parse_weight(part.substr(2)).value_or(0);
    return choice;
}

/// How a media type is asked for: weight, and how exactly it is named (0 not at all, 1 by "*/*", 2 "type/*", 3 by
/// name).
struct Wish {
    int exactness = 0, weight = 0;

    void weigh(int other_exactness, int other_weight) {
        if (other_exactness < exactness) return;
        weight = other_exactness > exactness ? other_weight : std::max(weight, other_weight);
        exactness = other_exactness;
    }
};

int exactness(std::string_view range, std::string_view type, std::string_view family) {
    if (equals_ignoring_case(range, type)) return 3;
    if (equals_ignoring_case(range, family)) return 2;
    return range == "*/*" ? 1 : 0;
}

} // namespace

bool accepts_gzip(std::string_view field) {
    std::optional<int> gzip, identity, any;
    for (std::string_view element; next_element(field, element);) {
        const Choice choice = parse_choice(element);
        if (equals_ignoring_case(choice.name, "gzip") || equals_ignoring_case(choice.name, "x-gzip"))
            gzip = std::max(gzip.value_or(0), choice.weight);
        else if (equals_ignoring_case(choice.name, "identity")) identity = choice.weight;
        else if (choice.name == "*") any = choice.weight;
    }
    const int weight = gzip.value_or(any.value_or(0));
    return weight > 0 && weight >= identity.value_or(0);
}

bool prefers_json(std::string_view field) {
    Wish json, html;
    for (std::string_view element; next_element(field, element);) {
        const Choice choice = parse_choice(element);
        json.weigh(exactness(choice.name, "application/json", "application/*"), choice.weight);
        html.weigh(exactness(choice.name, "text/html", "text/*"), choice.weight);
    }
    if (json.weight != html.weight) return json.weight > html.weight;
    return json.weight > 0 && json.exactness > html.exactness;
}

} // namespace harmattan::tiles
