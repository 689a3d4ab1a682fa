#pragma once
// What GDAL, OGR and PROJ-through-GDAL had to say. GDAL reports most troubles only to an error handler; the Runtime
// installs one that prints nothing and hands each message to the collector of its thread.

#include <string>
#include <string_view>
#include <vector>

namespace harmattan::geo {

struct GdalMessage {
    bool failure = false; ///< an error (CE_Failure, CE_Fatal) rather than a warning
    std::string text;     ///< GDAL's own words, on one line, valid UTF-8
};

/// Collects the messages raised in this thread while it lives; the innermost collector gets them. Make it before the
/// call, and ask after the call, after the loop and after the close.
class GdalMessages {
public:
    /// `pass_over`, where given, names messages that are not kept.
    explicit GdalMessages(bool (*pass_over)(std::string_view text) = nullptr);
    ~GdalMessages();
    GdalMessages(const GdalMessages&) = delete;
    GdalMessages& operator=(const GdalMessages&) = delete;

    const std::vector<GdalMessage>& all() const { return m_messages; }
    bool failed() const;
    /// The first failure's text, else the first warning's, else `otherwise`.
    std::string first_text(const std::string& otherwise) const;
    void clear() { m_messages.clear(); }

    /// Called by the Runtime's error handler; messages outside any collector are dropped.
    static void deliver(bool failure, const char* text);

private:
    GdalMessages* m_outer;
    bool (*m_pass_over)(std::string_view);
    std::vector<GdalMessage> m_messages;
};

} // namespace harmattan::geo
