#include "styles/expressions/builtin.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace harmattan::styles {

namespace {

class CallNode final : public Expression::Node {
public:
    CallNode(const Signature& signature, std::string pointer, std::vector<NodePtr> arguments)
        : Node(signature.result, std::move(pointer), std::move(arguments), signature.needs), m_signature(signature) {}
    Value evaluate(const EvaluationContext& context) const override { return m_signature.evaluate(*this, context); }
    Role role() const override { return m_signature.role; }

private:
    const Signature& m_signature; // lives in a table of the program
};

std::string parameters_text(const Signature& signature) {
    if (signature.variadic) return fmt::format("({}...)", to_text(signature.parameters.front()));
    std::vector<std::string> types;
    for (const Type& type : signature.parameters) types.push_back(to_text(type));
    return fmt::format("({})", fmt::join(types, ", "));
}

/// All arguments as the signature wants them, or nothing after a fault.
std::optional<std::vector<NodePtr>> parse_arguments(Parser& parser, const Signature& signature, const Form& form) {
    std::vector<NodePtr> arguments;
    bool good = true;
    for (std::size_t i = 1; i < form.args.size(); ++i) {
        const Type& parameter = signature.variadic ? signature.parameters.front() : signature.parameters[i - 1];
        arguments.push_back(parser.parse_arg(form, i, parameter));
        good = good && arguments.back();
    }
    if (!good) return {};
    return arguments;
}

} // namespace

NodePtr parse_call(Parser& parser, const Builtin& builtin, const Form& form) {
    const std::size_t faults_before = parser.faults().size();
    for (const Signature& signature : builtin.overloads) {
        if (!signature.variadic && signature.parameters.size() != form.count()) continue;
        parser.faults().resize(faults_before);
        if (auto arguments = parse_arguments(parser, signature, form))
            return std::make_shared<CallNode>(signature, form.pointer, std::move(*arguments));
    }
    if (parser.faults().size() > faults_before) return nullptr; // the last overload of this arity says what is wrong

    std::vector<std::string> found, wanted;
    for (std::size_t i = 1; i < form.args.size(); ++i) {
        const NodePtr argument = parser.parse_arg(form, i);
        if (!argument) return nullptr;
        found.push_back(to_text(argument->type()));
    }
    for (const Signature& signature : builtin.overloads) wanted.push_back(parameters_text(signature));
    return parser.fault(form.pointer, fmt::format("\"{}\" takes arguments of type {}, found ({})", form.name,
                                                  fmt::join(wanted, " | "), fmt::join(found, ", ")));
}

} // namespace harmattan::styles
