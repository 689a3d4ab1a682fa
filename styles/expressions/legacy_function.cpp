#include "styles/expressions/legacy.hpp"

#include "styles/json.hpp"

#include <algorithm>
#include <fmt/format.h>

namespace harmattan::styles {

namespace {

Value make(std::initializer_list<Value> items) { return Value(Array(items)); }

/// A value as it stands in an expression.
Value literal(const Value& v) { return v.array() || v.object() ? make({"literal", v}) : v; }

struct Stop {
    Value input, output;
};

class FunctionConverter {
public:
    FunctionConverter(const Value& function, const FunctionPlace& place) : m_function(function), m_place(place) {
        if (const std::string* property = function["property"].string()) m_get = make({"get", *property});
        const std::string* type = function["type"].string();
        m_type = type ? *type : place.interpolated ? "exponential" : "interval";
        if (!function["default"].is_null()) m_otherwise = function["default"];
    }

    std::optional<Value> convert(std::vector<Fault>& faults) const {
        const auto fault = [&](const std::string& pointer, const std::string& message) -> std::optional<Value> {
            faults.push_back({pointer, message});
            return {};
        };
        if (m_type == "identity")
            return m_get.is_null() ? fault("", "a function of type identity needs a \"property\"") : identity();
        if (m_type != "exponential" && m_type != "interval" && m_type != "categorical")
            return fault("/type", fmt::format("unknown type of function \"{}\"", m_type));
        const Array* listed = m_function["stops"].array();
        if (!listed || listed->empty())
            return fault("/stops", "a function needs \"stops\": an array of [input, output]");
        std::vector<Stop> stops;
        for (std::size_t i = 0; i < listed->size(); ++i) {
            const Array* pair = (*listed)[i].array();
            if (!pair || pair->size() != 2)
                return fault("/stops" + pointer_step(i), "a stop is an array of [input, output]");
            stops.push_back({(*pair)[0], (*pair)[1]});
        }
        const bool by_both = stops.front().input.object() != nullptr;
        if (by_both && m_get.is_null()) return fault("", "stops of zoom and value need a \"property\"");
        if (by_both) return of_zoom_and_property(stops);
        if (m_get.is_null()) return of_zoom(stops);
        return of_property(stops);
    }

private:
    Value identity() const {
        if (!m_otherwise) return m_place.type == "string" ? make({"string", m_get}) : m_get;
        if (m_place.type == "color" || m_place.type == "formatted")
            return make({m_place.type == "color" ? "to-color" : "to-string", m_get, literal(*m_otherwise)});
        if (!m_place.type.starts_with("array")) return make({m_place.type, m_get, literal(*m_otherwise)});
        // array<item, length> is written ["array", item, length, …]
        const auto open = m_place.type.find('<'), comma = m_place.type.find(',');
        const std::string item = m_place.type.substr(open + 1, std::min(comma, m_place.type.size() - 1) - open - 1);
        const Value length = comma == std::string::npos ? Value() : Value(std::stod(m_place.type.substr(comma + 2)));
        return make({"array", item, length, m_get, literal(*m_otherwise)});
    }

    Value curve_start(const Value& input, double base) const {
        if (m_type == "interval") return make({"step", input});
        const std::string* space = m_function["colorSpace"].string();
        const bool polar = space && *space == "hcl", lab = space && *space == "lab";
        return make({polar ? "interpolate-hcl"
                     : lab ? "interpolate-lab"
                           : "interpolate",
                     base == 1 ? make({"linear"}) : make({"exponential", base}), input});
    }

    double base() const { return m_function["base"].number() ? *m_function["base"].number() : 1; }

    /// Of stops with the same input the first counts; a step needs no input for its first output.
    static Value curve(const Value& start, const std::vector<Stop>& stops) {
        Array out = *start.array();
        const bool is_step = *out.front().string() == "step";
        const std::size_t first = out.size();
        std::optional<Value> last;
        for (const Stop& stop : stops) {
            if (last && *last == stop.input) continue;
            last = stop.input;
            if (!is_step || out.size() > first) out.push_back(stop.input);
            out.push_back(stop.output);
        }
        if (is_step && out.size() == first + 1) { // one stop: the same everywhere
            out.push_back(0.0);
            out.push_back(out[first]);
        }
        return Value(std::move(out));
    }

    Value of_zoom(std::vector<Stop> stops) const {
        for (Stop& stop : stops)
            stop.output =
                m_place.tokens && stop.output.string() ? convert_tokens(*stop.output.string()) : literal(stop.output);
        return curve(curve_start(make({"zoom"}), base()), stops);
    }

    Value of_property(std::vector<Stop> stops) const {
        for (Stop& stop : stops) stop.output = literal(stop.output);
        if (m_type == "categorical") return categories(stops);
        const Value curved = curve(curve_start(make({"number", m_get}), base()), stops);
        if (!m_otherwise) return curved;
        return make({"case", make({"==", make({"typeof", m_get}), "number"}), curved, literal(*m_otherwise)});
    }

    Value categories(const std::vector<Stop>& stops) const {
        const bool truths = stops.front().input.boolean() != nullptr;
        Array out = truths ? Array{"case"} : Array{"match", m_get};
        std::vector<Value> seen;
        for (const Stop& stop : stops) {
            if (std::find(seen.begin(), seen.end(), stop.input) != seen.end()) continue;
            seen.push_back(stop.input);
            out.push_back(truths ? make({"==", m_get, stop.input}) : stop.input);
            out.push_back(stop.output);
        }
        const auto& otherwise = m_otherwise ? m_otherwise : m_place.otherwise;
        out.push_back(otherwise ? literal(*otherwise) : Value());
        return Value(std::move(out));
    }

    /// Stops {"zoom", "value"}: for each zoom a function of the property, and a curve over them.
    Value of_zoom_and_property(const std::vector<Stop>& stops) const {
        std::map<double, std::vector<Stop>> by_zoom;
        for (const Stop& stop : stops) {
            const double* zoom = stop.input["zoom"].number();
            by_zoom[zoom ? *zoom : 0].push_back({stop.input["value"], stop.output});
        }
        std::vector<Stop> zooms;
        for (const auto& [zoom, of_value] : by_zoom) zooms.push_back({Value(zoom), of_property(of_value)});
        const bool between = m_type == "exponential";
        return curve(between ? curve_start(make({"zoom"}), 1) : make({"step", make({"zoom"})}), zooms);
    }

    const Value& m_function;
    const FunctionPlace& m_place;
    Value m_get; ///< null for functions of zoom alone
    std::string m_type;
    std::optional<Value> m_otherwise;
};

} // namespace

std::optional<Value> convert_function(const Value& json, const FunctionPlace& place, std::vector<Fault>& faults) {
    return FunctionConverter(json, place).convert(faults);
}

Value convert_tokens(const std::string& text) {
    Array parts{"concat"};
    std::size_t begin = 0;
    while (true) {
        const auto open = text.find('{', begin);
        const auto close = open == std::string::npos ? open : text.find('}', open);
        if (close == std::string::npos) break;
        if (open > begin) parts.push_back(text.substr(begin, open - begin));
        parts.push_back(make({"get", text.substr(open + 1, close - open - 1)}));
        begin = close + 1;
    }
    if (begin == 0) return text;
    if (begin < text.size()) parts.push_back(text.substr(begin));
    return Value(std::move(parts));
}

} // namespace harmattan::styles
