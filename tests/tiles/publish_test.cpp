#include "tiles/publish.hpp"

#include "geo/error.hpp"
#include "support/temp_folder.hpp"
#include "tests/tiles/small_tiles.hpp"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

namespace harmattan::tiles {

namespace {

namespace fs = std::filesystem;
using geo::Error;
using geo::ErrorKind;

template <class Call>
void expect_error(ErrorKind kind, Call call) {
    try {
        call();
        ADD_FAILURE() << "no error";
    } catch (const Error& error) { EXPECT_EQ(error.kind(), kind) << error.line(); }
}

class Publish : public testing::Test {
protected:
    test::TempFolder m_folder;
    fs::path m_output = m_folder.path() / "map.pmtiles";
};

TEST_F(Publish, HiddenNamesStandBesideTheOutput) {
    EXPECT_EQ(hidden_sibling("a/b/map.pmtiles", "log"), "a/b/.map.pmtiles.log");
    EXPECT_EQ(hidden_sibling("out/", "part"), ".out.part");
    EXPECT_EQ(hidden_sibling("out", "part"), ".out.part");
    expect_error(ErrorKind::cannot_create, [] { hidden_sibling("..", "part"); });
    expect_error(ErrorKind::cannot_create, [] { hidden_sibling("/", "part"); });
}

TEST_F(Publish, FileIsThereOnlyAfterCommit) {
    {
        StagedFile staged(m_output, false);
        staged.file().write_at(0, std::as_bytes(std::span("abc", 3)));
        EXPECT_FALSE(fs::exists(m_output));
        staged.commit();
    }
    EXPECT_EQ(test::read_bytes(m_output), "abc");
    EXPECT_EQ(test::names_in(m_folder.path()), std::vector<std::string>{"map.pmtiles"});
}

TEST_F(Publish, WhatCameMeanwhileIsNotReplaced) {
    StagedFile staged(m_output, false);
    m_folder.write("map.pmtiles", "somebody else's");
    expect_error(ErrorKind::cannot_create, [&] { staged.commit(); });
    EXPECT_EQ(test::read_bytes(m_output), "somebody else's");
}

TEST_F(Publish, LinkIsRefusedOrReplacedItself) {
    const fs::path target = m_folder.write("target", "precious");
    fs::create_symlink(target, m_output);
    expect_error(ErrorKind::cannot_create, [&] { StagedFile(m_output, false); });
    StagedFile staged(m_output, true);
    staged.commit();
    EXPECT_FALSE(fs::is_symlink(m_output));
    EXPECT_EQ(test::read_bytes(target), "precious");
}

TEST_F(Publish, LinkAtTheHiddenNameIsNotFollowed) {
    const fs::path target = m_folder.write("target", "precious");
    fs::create_symlink(target, m_folder.path() / ".map.pmtiles.part");
    expect_error(ErrorKind::cannot_create, [&] { StagedFile(m_output, false); });
    EXPECT_EQ(test::read_bytes(target), "precious");
}

TEST_F(Publish, FolderInTheWayIsRefusedEvenWithForce) {
    fs::create_directory(m_output);
    expect_error(ErrorKind::cannot_create, [&] { StagedFile(m_output, true); });
}

TEST_F(Publish, FoldersAreExchangedWhole) {
    const fs::path site = m_folder.path() / "site";
    for (const char* text : {"first", "second"}) {
        StagedDirectory staged(site, true, "manifest.json");
        write_text(staged.path() / "manifest.json", text);
        write_text(staged.path() / text, text);
        staged.commit();
        EXPECT_EQ(test::read_bytes(site / "manifest.json"), text);
        EXPECT_EQ(test::names_in(m_folder.path()), std::vector<std::string>{"site"});
    }
    EXPECT_EQ(test::names_in(site), (std::vector<std::string>{"manifest.json", "second"}));
}

TEST_F(Publish, FolderOfOtherThingsIsNeverReplaced) {
    const fs::path home = m_folder.path() / "home";
    fs::create_directory(home);
    write_text(home / "letters", "precious");
    expect_error(ErrorKind::cannot_create, [&] { StagedDirectory(home, false, "manifest.json"); });
    expect_error(ErrorKind::cannot_create, [&] { StagedDirectory(home, true, "manifest.json"); });
    EXPECT_EQ(test::read_bytes(home / "letters"), "precious");
    expect_error(ErrorKind::cannot_create, [&] { StagedDirectory(home / "letters", true, "manifest.json"); });
}

TEST_F(Publish, WhatAKilledRunLeftIsCleared) {
    const fs::path site = m_folder.path() / "site";
    fs::create_directories(m_folder.path() / ".site.part" / "deep");
    write_text(m_folder.path() / ".site.part" / "deep" / "stale", "x");
    StagedDirectory staged(site, false, "manifest.json");
    write_text(staged.path() / "fresh", "y");
    staged.commit();
    EXPECT_EQ(test::names_in(site), std::vector<std::string>{"fresh"});
}

TEST_F(Publish, SecondRunOnOneOutputIsBusy) {
    int ready[2], done[2];
    ASSERT_EQ(pipe(ready), 0);
    ASSERT_EQ(pipe(done), 0);
    const pid_t child = fork();
    if (child == 0) {
        char byte = 0;
        {
            const OutputLock lock(m_output);
            (void)!write(ready[1], &byte, 1);
            (void)!read(done[0], &byte, 1);
        }
        _exit(0);
    }
    char byte = 0;
    ASSERT_EQ(read(ready[0], &byte, 1), 1);
    expect_error(ErrorKind::busy, [&] { OutputLock{m_output}; });
    ASSERT_EQ(write(done[1], &byte, 1), 1);
    int status = 0;
    waitpid(child, &status, 0);
    EXPECT_EQ(status, 0);
    { const OutputLock lock(m_output); }
    EXPECT_EQ(test::names_in(m_folder.path()), std::vector<std::string>{}) << "the lock is gone with its holder";
}

TEST_F(Publish, FolderThatIsNotThereIsSaid) {
    expect_error(ErrorKind::cannot_create, [&] { OutputLock(m_folder.path() / "no" / "map.pmtiles"); });
}

} // namespace

} // namespace harmattan::tiles
