#include "styles/expressions/legacy.hpp"

#include "styles/json.hpp"

#include <fmt/format.h>

namespace harmattan::styles {

namespace {

Value make(std::initializer_list<Value> items) { return Value(Array(items)); }

Value get(const std::string& key) {
    if (key == "$type") return make({"geometry-type"});
    if (key == "$id") return make({"id"});
    return make({"get", key});
}

Value literal(Value v) { return make({"literal", std::move(v)}); }

std::optional<Value> fault(std::vector<Fault>& faults, const std::string& pointer, const std::string& message) {
    faults.push_back({pointer, message});
    return {};
}

std::optional<Value> convert(const Value& json, const std::string& pointer, std::vector<Fault>& faults);

std::optional<Value> convert_group(const std::string& name, const Array& args, const std::string& pointer,
                                   std::vector<Fault>& faults) {
    Array out{name == "none" ? "any" : name};
    bool good = true;
    for (std::size_t i = 1; i < args.size(); ++i) {
        auto part = convert(args[i], pointer + pointer_step(i), faults);
        good = good && part;
        if (part) out.push_back(std::move(*part));
    }
    if (!good) return {};
    return name == "none" ? make({"!", Value(std::move(out))}) : Value(std::move(out));
}

/// ["<", "key", value]: false, not an error, where the property is of another type.
Value ordered(const std::string& name, const std::string& key, const Value& value) {
    const std::string type = type_name(value);
    return make(
        {"case", make({"==", make({"typeof", get(key)}), type}), make({name, make({type, get(key)}), value}), false});
}

std::optional<Value> convert(const Value& json, const std::string& pointer, std::vector<Fault>& faults) {
    if (json.is_null()) return Value(true);
    if (json.boolean()) return json;
    const Array* args = json.array();
    const std::string* name = args && !args->empty() ? args->front().string() : nullptr;
    if (!name) return fault(faults, pointer, "a filter is an array that begins with an operator such as \"==\"");
    if (*name == "all" || *name == "any" || *name == "none") return convert_group(*name, *args, pointer, faults);
    if (is_expression_filter(json) && *name != "has") return json; // a modern part among old ones

    const std::string* key = args->size() > 1 ? (*args)[1].string() : nullptr;
    if (!key)
        return fault(faults, pointer + "/1",
                     fmt::format("\"{}\" of an old filter takes a property's name here", *name));
    if (*name == "has") return make({"has", *key});
    if (*name == "!has") return make({"!", make({"has", *key})});
    if (*name == "in" || *name == "!in") {
        const Value found = make({"in", get(*key), literal(Value(Array(args->begin() + 2, args->end())))});
        return *name == "in" ? found : make({"!", found});
    }
    if (args->size() != 3)
        return fault(faults, pointer, fmt::format("\"{}\" takes a property's name and a value", *name));
    const Value& value = (*args)[2];
    if (value.array() || value.object())
        return fault(faults, pointer + "/2", "expected a string, number, boolean or null");
    if (*name == "==" || *name == "!=") return make({*name, get(*key), value});
    if (*name == "<" || *name == "<=" || *name == ">" || *name == ">=") {
        if (!value.number() && !value.string())
            return fault(faults, pointer + "/2", fmt::format("\"{}\" compares with a number or a string", *name));
        return ordered(*name, *key, value);
    }
    return fault(faults, pointer + "/0", fmt::format("unknown filter operator \"{}\"", *name));
}

} // namespace

bool is_expression_filter(const Value& json) {
    if (json.boolean()) return true;
    const Array* args = json.array();
    const std::string* name = args && !args->empty() ? args->front().string() : nullptr;
    if (!name) return false;
    const auto is_key = [&](std::size_t i) { return i < args->size() && (*args)[i].string(); };
    const auto is_array = [&](std::size_t i) { return i < args->size() && (*args)[i].array(); };
    if (*name == "has")
        return args->size() >= 2 && !(is_key(1) && (*(*args)[1].string() == "$id" || *(*args)[1].string() == "$type"));
    if (*name == "in") return args->size() >= 3 && (!is_key(1) || is_array(2));
    if (*name == "!in" || *name == "!has" || *name == "none") return false;
    if (*name == "==" || *name == "!=" || *name == "<" || *name == "<=" || *name == ">" || *name == ">=")
        return args->size() != 3 || is_array(1) || is_array(2);
    if (*name == "any" || *name == "all") {
        for (std::size_t i = 1; i < args->size(); ++i)
            if (!is_expression_filter((*args)[i])) return false;
    }
    return true;
}

std::optional<Value> convert_filter(const Value& json, std::vector<Fault>& faults) { return convert(json, "", faults); }

} // namespace harmattan::styles
