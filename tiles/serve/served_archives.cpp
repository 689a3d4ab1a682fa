#include "tiles/serve/served_archives.hpp"

#include "geo/error.hpp"
#include "tiles/serve/tile_path.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <set>
#include <utility>

namespace harmattan::tiles {

namespace {

namespace fs = std::filesystem;
using geo::Error;
using geo::ErrorKind;

constexpr std::string_view dense_mark = "@2x";

std::string base_of(const std::string& set) {
    return set.ends_with(dense_mark) ? set.substr(0, set.size() - dense_mark.size()) : set;
}

std::string reason(const std::exception& error) {
    const auto* ours = dynamic_cast<const Error*>(&error);
    return ours ? ours->line() : error.what();
}

bool may_pass(const std::exception& error) {
    const auto* ours = dynamic_cast<const Error*>(&error);
    return ours && (ours->kind() == ErrorKind::io || ours->kind() == ErrorKind::busy);
}

} // namespace

ServedArchives::ServedArchives(std::vector<ArchivePlace> places, Metrics& metrics, Files words)
    : m_metrics(metrics), m_words(std::move(words)), m_word_stamps(stamps_of_words()) {
    std::set<std::string> names;
    for (ArchivePlace& place : places) {
        if (!is_set_name(place.set))
            throw Error(ErrorKind::usage, fmt::format("'{}' ({}) cannot be the name of a set in an address; give one "
                                                      "of letters, digits, - and _ as NAME=PATH",
                                                      place.set, place.path.string()));
        if (!names.insert(place.set).second)
            throw Error(ErrorKind::usage, fmt::format("two archives are called '{}' ({}); tell them apart as NAME=PATH",
                                                      place.set, place.path.string()));
        Archive archive{std::move(place), {}, nullptr};
        archive.stamp = stamp_of(archive.place.path);
        archive.source = open_archive_source(base_of(archive.place.set), archive.place.path);
        m_archives.push_back(std::move(archive));
    }
}

std::vector<ServedSet> ServedArchives::sets() const {
    std::vector<ServedSet> sets;
    const auto dense_of = [&](const std::string& set) -> std::shared_ptr<const TileSource> {
        const auto found =
            std::ranges::find(m_archives, set + std::string(dense_mark), [](const Archive& a) { return a.place.set; });
        return found == m_archives.end() ? nullptr : found->source;
    };
    for (const Archive& archive : m_archives) {
        const std::string base = base_of(archive.place.set);
        if (base == archive.place.set) sets.push_back({base, archive.source, dense_of(base)});
        else if (std::ranges::find(m_archives, base, [](const Archive& a) { return a.place.set; }) == m_archives.end())
            sets.push_back({base, archive.source, nullptr});
    }
    return sets;
}

ServedArchives::Stamps ServedArchives::stamps_of_words() const {
    Stamps stamps;
    if (m_words)
        for (fs::path& file : m_words()) {
            const std::optional<FileStamp> stamp = stamp_of(file);
            stamps.emplace_back(std::move(file), stamp);
        }
    return stamps;
}

void ServedArchives::complain(std::string complaint, std::string& before,
                              const std::function<void(const std::string&)>& say) {
    if (complaint == before) return;
    m_metrics.archives_refused.fetch_add(1, std::memory_order_relaxed);
    say(complaint);
    before = std::move(complaint);
}

void ServedArchives::refuse(Archive& archive, const char* what, const std::exception& error,
                            const std::function<void(const std::string&)>& say) {
    if (may_pass(error)) archive.stamp.reset();
    complain(fmt::format("{} has been replaced but cannot be {}, so the old one stays: {}", archive.place.path.string(),
                         what, reason(error)),
             archive.complaint, say);
}

void ServedArchives::refuse_words(const std::exception& error, const std::function<void(const std::string&)>& say) {
    const std::string complaint =
        fmt::format("{} or what belongs to it has changed but cannot be served, so the old words stay: {}",
                    m_word_stamps.front().first.string(), reason(error));
    if (may_pass(error)) m_word_stamps.clear();
    complain(complaint, m_words_complaint, say);
}

std::vector<std::string> ServedArchives::refresh(const std::function<void()>& take_up,
                                                 const std::function<void(const std::string&)>& say) {
    std::vector<Replaced> replaced, tried_before;
    std::vector<std::optional<FileStamp>> stamps;
    for (const Archive& archive : m_archives) stamps.push_back(stamp_of(archive.place.path));
    const auto is_another = [&](std::size_t i) {
        return stamps[i] && stamps[i] != m_archives[i].stamp;
    }; // gone: what is open stays open
    const auto open = [&](std::size_t i, std::vector<Replaced>& into) {
        Archive& archive = m_archives[i];
        archive.stamp = stamps[i];
        try {
            into.push_back({&archive, open_archive_source(base_of(archive.place.set), archive.place.path)});
        } catch (const std::exception& error) { refuse(archive, "opened", error, say); }
    };
    Stamps words = stamps_of_words();
    const bool other_words = !words.empty() && words != m_word_stamps;
    if (other_words) m_word_stamps = std::move(words);

    // Together with another, or with other words, it may do that did not do alone: frames are replaced one after the
    // other.
    std::vector<std::size_t> complained;
    for (std::size_t i = 0; i < stamps.size(); ++i)
        if (is_another(i)) open(i, replaced);
        else if (stamps[i] && !m_archives[i].complaint.empty()) complained.push_back(i);
    if (replaced.empty() && !other_words) return {};
    for (const std::size_t i : complained) open(i, tried_before);
    if (!tried_before.empty()) {
        std::vector<Replaced> all = replaced;
        all.insert(all.end(), tried_before.begin(), tried_before.end());
        if (!take_all_up(all, take_up)) return done(all);
    }
    if (const std::exception_ptr failed = take_all_up(replaced, take_up)) {
        try {
            std::rethrow_exception(failed);
        } catch (const std::exception& error) {
            for (const Replaced& one : replaced) refuse(*one.archive, "described", error, say);
            if (replaced.empty()) refuse_words(error, say);
        }
        return {};
    }
    return done(replaced);
}

std::exception_ptr ServedArchives::take_all_up(std::span<const Replaced> replaced,
                                               const std::function<void()>& take_up) {
    std::vector<std::shared_ptr<const TileSource>> old;
    for (const Replaced& one : replaced) old.push_back(std::exchange(one.archive->source, one.source));
    try {
        take_up();
        return nullptr;
    } catch (const std::exception&) {
        for (std::size_t i = 0; i < replaced.size(); ++i) replaced[i].archive->source = old[i];
        return std::current_exception();
    }
}

std::vector<std::string> ServedArchives::done(std::span<const Replaced> replaced) {
    m_words_complaint.clear();
    m_metrics.archives_replaced.fetch_add(replaced.size(), std::memory_order_relaxed);
    if (replaced.empty())
        return {fmt::format("{} or what belongs to it has changed; the new words are served",
                            m_word_stamps.front().first.string())};
    std::vector<std::string> news;
    for (const Replaced& one : replaced) {
        one.archive->complaint.clear();
        news.push_back(fmt::format("{}: the archive has been replaced; the new one is served", one.archive->place.set));
    }
    return news;
}

} // namespace harmattan::tiles
