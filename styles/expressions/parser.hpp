#pragma once
// From JSON values to nodes: checks types, puts assertions and coercions where the specification has them implied,
// evaluates what is constant, and collects every fault with its JSON pointer.

#include "styles/expressions/node.hpp"

#include <functional>
#include <map>
#include <span>

namespace harmattan::styles {

class Parser;

/// One array of the text: ["name", args …] and what its place asks for.
struct Form {
    const std::string& name;
    const Array& args; ///< whole: args[0] is the name
    const std::string& pointer;
    const std::optional<Type>& expected;

    std::size_t count() const { return args.size() - 1; }
    std::string at(std::size_t i) const; ///< the pointer of args[i]
    /// The type asked for, unless it is none or `value`, which say nothing about the results of branches.
    std::optional<Type> expected_output() const;
};

/// Makes the node of a form; null after at least one fault.
using Operator = std::function<NodePtr(Parser&, const Form&)>;

struct OperatorEntry {
    std::string_view name;
    Operator parse;
};

class Parser {
public:
    /// What happens to a `value` where a type is asked for.
    enum class Annotate { assertion, coercion, omit };

    /// Null after at least one fault. Expects any type where `expected` is nothing.
    NodePtr parse(const Value& json, const std::string& pointer, const std::optional<Type>& expected = {},
                  Annotate annotate = Annotate::assertion);
    NodePtr parse_arg(const Form& form, std::size_t i, const std::optional<Type>& expected = {},
                      Annotate annotate = Annotate::assertion) {
        return parse(form.args[i], form.at(i), expected, annotate);
    }
    /// As `parse`, with names bound for the inside of a `let`.
    NodePtr parse_in_scope(const std::map<std::string, NodePtr>& bindings, const Value& json,
                           const std::string& pointer, const std::optional<Type>& expected);
    NodePtr find_binding(const std::string& name) const;

    /// Returns null, to be returned on.
    NodePtr fault(const std::string& pointer, const std::string& message);
    /// Faults and returns false unless `actual` fits.
    bool check(const Type& expected, const Type& actual, const std::string& pointer);

    std::vector<Fault>& faults() { return m_faults; }

private:
    NodePtr parse_form(const Value& json, const std::string& pointer, const std::optional<Type>& expected);
    NodePtr fold(NodePtr node);

    std::vector<Fault> m_faults;
    std::vector<std::map<std::string, NodePtr>> m_scopes;
};

/// The type a text like "array<number, 2>" names.
Type parse_type(std::string_view text);

// The families; each is one file.
std::span<const OperatorEntry> annotation_operators(); ///< string, number, …, to-string, to-number, …
std::span<const OperatorEntry> binding_operators();    ///< literal, semiliteral, let, var
std::span<const OperatorEntry> comparison_operators(); ///< ==, !=, <, …
std::span<const OperatorEntry> decision_operators();   ///< case, match, coalesce
std::span<const OperatorEntry> lookup_operators();     ///< at, in, index-of, slice, length
std::span<const OperatorEntry> ramp_operators();       ///< step, interpolate, interpolate-hcl, interpolate-lab
std::span<const OperatorEntry> text_operators();       ///< format, number-format
std::span<const OperatorEntry> refused_operators();    ///< what a map drawn once cannot know, with the reason

} // namespace harmattan::styles
