// harmattan corridors as a user meets it: the tables, the ranking, the charts, and what it says where lines or numbers
// are wrong.
#include "app/corridors_run.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <map>
#include <regex>
#include <sstream>

namespace harmattan::test {

TEST_F(Corridors, BinsAddUpToTheIncidentsWithinTheOuterBand) {
    const ProgramRun made = run("bins.csv");
    ASSERT_EQ(made.exit_code, 0) << made.err;
    EXPECT_EQ(sum("bins.csv", "R1", "incidents"), 1);
    EXPECT_EQ(sum("bins.csv", "R2", "incidents"), 9);
    EXPECT_EQ(sum("bins.csv", "R3", "incidents"), 2);
    double bands = 0;
    for (const char* band : {"incidents_0_2_km", "incidents_2_5_km", "incidents_5_10_km", "incidents_10_25_km"})
        bands += sum("bins.csv", "R2", band);
    EXPECT_EQ(bands, 9);
    EXPECT_EQ(sum("bins.csv", "R2", "incidents_10_25_km"), 1);
    // Known to about 25 km, on the line and far from its ends: all of the disc lies within the outer band.
    EXPECT_NEAR(sum("bins.csv", "R2", "rough"), 1, 1e-5);
    EXPECT_GT(sum("bins.csv", "R2", "rough_10_25_km"), 0.3);
    EXPECT_EQ(table("bins.csv").front().at("from_km"), "0");
    EXPECT_EQ(table("bins.csv").front().at("country"), "ML");
}

TEST_F(Corridors, AtTheirPointsEveryIncidentCountsWhole) {
    ASSERT_EQ(run("bins.csv", {"--precision", "point", "-q"}).exit_code, 0);
    EXPECT_EQ(sum("bins.csv", "R2", "incidents"), 10);
    EXPECT_EQ(sum("bins.csv", "R2", "rough"), 0);
}

TEST_F(Corridors, SayWhereTheyRunOverTheSameRoadAgain) {
    folder.write("roads.geojson", R"({"type": "FeatureCollection", "features": [
{"type": "Feature", "properties": {"id": "BACK"}, "geometry": {"type": "LineString", "coordinates": [[-4, 14], [-3.5, 14], [-3, 14], [-3.5, 14], [-3.5, 14.5]]}},
{"type": "Feature", "properties": {"id": "EIGHT"}, "geometry": {"type": "LineString", "coordinates": [[-4, 14], [-3, 15], [-3, 14], [-4, 15]]}},
{"type": "Feature", "properties": {"id": "RING"}, "geometry": {"type": "LineString", "coordinates": [[-4, 14], [-3, 14], [-3, 15], [-4, 14]]}}]})");
    const ProgramRun made = run("bins.csv");
    ASSERT_EQ(made.exit_code, 0) << made.err;
    EXPECT_NE(made.err.find("note: BACK runs about 54 km over road that it has passed before"), std::string::npos)
        << made.err;
    EXPECT_EQ(made.err.find("note: EIGHT"), std::string::npos) << "it crosses itself in a point";
    EXPECT_EQ(made.err.find("note: RING"), std::string::npos);
}

TEST_F(Corridors, SayThatAFilterNarrowsThePeriod) {
    EXPECT_NE(run("bins.csv", {"--where", "id=1"}).err.find("note: rates are of 2025-05-03..2025-05-03"),
              std::string::npos);
    EXPECT_EQ(
        run("bins.csv", {"--where", "id=1", "--from", "2025-05-01", "--to", "2025-10-31"}).err.find("note: rates"),
        std::string::npos);
    EXPECT_EQ(run("bins.csv").err.find("note: rates"), std::string::npos);
}

TEST_F(Corridors, AreNamedInATableOfExposure) {
    folder.write("convoys.csv", "corridor,from_km,to_km,convoys\nR9,0,100,5\n");
    const ProgramRun made = run("bins.csv", {"--exposure", "convoys.csv"});
    EXPECT_EQ(made.exit_code, 65);
    EXPECT_NE(made.err.find("convoys.csv says nothing of the corridors"), std::string::npos) << made.err;
    folder.write("convoys.csv", "corridor,from_km,to_km,convoys\nR2,0,100,5\n");
    EXPECT_EQ(run("bins.csv", {"--exposure", "convoys.csv"}).exit_code, 0);
}

TEST_F(Corridors, SectionsAreOfWholeBinsAndNamesInOneLine) {
    folder.write(
        "roads.geojson",
        R"({"type": "FeatureCollection", "features": [{"type": "Feature", "properties": {"id": "R", "name": "South\n\u001b[31mRoad"},
        "geometry": {"type": "LineString", "coordinates": [[-4, 14], [-3, 14]]}}]})");
    const ProgramRun made =
        run("bins.csv", {"--section-km", "15", "--compare", "2025-05-01..2025-07-31,2025-08-01..2025-10-31"});
    ASSERT_EQ(made.exit_code, 0) << made.err;
    EXPECT_TRUE(made.out.starts_with("Sections of 20 km")) << made.out;
    EXPECT_NE(made.out.find("sections of 20 km from the corridor's beginning"), std::string::npos) << made.out;
    EXPECT_NE(made.out.find("R South  [31mRoad"), std::string::npos) << made.out;
    EXPECT_EQ(made.out.find('\x1b'), std::string::npos);
}

TEST_F(Corridors, RanksTheSectionWithMostAndTheWayWithFewer) {
    const ProgramRun made = run("bins.csv", {"--section-km", "30"});
    ASSERT_EQ(made.exit_code, 0) << made.err;
    std::istringstream lines(made.out);
    std::string line;
    std::getline(lines, line);
    EXPECT_EQ(line,
              "Sections of 30 km with most incidents within 25 km of the road, 1 May – 31 October 2025 (6.0 months)");
    std::getline(lines, line), std::getline(lines, line);
    EXPECT_NE(line.find("1  R2 South Road"), std::string::npos) << line;
    EXPECT_NE(line.find("30–60"), std::string::npos)
        << "5 incidents at km 54 to 58, and more of the spread one than 40–70 has: " << line;
    EXPECT_NE(made.out.find("(also R3)"), std::string::npos) << made.out;
    const std::size_t end = made.out.find("To Eastend"), north = made.out.find("R1 North Road", end),
                      south = made.out.find("R2 South Road", end);
    ASSERT_NE(end, std::string::npos) << made.out;
    EXPECT_LT(north, south) << made.out;
    EXPECT_EQ(run("bins.csv", {"-q"}).out, "");
}

TEST_F(Corridors, ComparesTwoPeriodsByAnExactTest) {
    const ProgramRun made =
        run("bins.csv", {"--section-km", "20", "--compare", "2025-05-01..2025-07-31,2025-08-01..2025-10-31"});
    ASSERT_EQ(made.exit_code, 0) << made.err;
    EXPECT_NE(made.out.find("Change from 1 May – 31 July 2025 to 1 August – 31 October 2025"), std::string::npos)
        << made.out;
    EXPECT_EQ(sum("bins.csv", "R2", "before"), 3);
    EXPECT_EQ(sum("bins.csv", "R2", "after"), 6);
    for (const auto& row : table("bins.csv"))
        if (row.at("corridor") == "R2" && row.at("from_km") == "50") {
            EXPECT_EQ(row.at("before"), "1");
            EXPECT_EQ(row.at("after"), "4");
            EXPECT_NEAR(std::stod(row.at("ratio")), 4, 1e-6);        // both of 92 days
            EXPECT_NEAR(std::stod(row.at("p")), 2 * 6.0 / 32, 1e-6); // P(X ≥ 4) of 5 with one half
        }
}

TEST_F(Corridors, WorksOutTheRiskOfAConvoy) {
    folder.write("convoys.csv", "corridor,from_km,to_km,convoys\nR2,0,60,30\nSouth Road,60,200,10\nR1,0,200,5\n");
    ASSERT_EQ(run("bins.csv", {"--exposure", "convoys.csv", "--from", "2025-05-01", "--to", "2025-10-31"}).exit_code,
              0);
    for (const auto& row : table("bins.csv")) {
        if (row.at("corridor") == "R3") { EXPECT_EQ(row.at("convoy_km"), ""); }
        if (row.at("corridor") != "R2" || row.at("from_km") != "50") continue;
        EXPECT_NEAR(std::stod(row.at("convoy_km")), 30 * 10 * 184 / 30.4375, 0.01);
        EXPECT_NEAR(std::stod(row.at("per_1000_convoy_km")),
                    1000 * 10 * std::stod(row.at("per_km")) / std::stod(row.at("convoy_km")), 1e-4);
    }
    folder.write("convoys.csv", "from_km,to_km,convoys\n0,60,many\n");
    const ProgramRun wrong = run("bins.csv", {"--exposure", "convoys.csv"});
    EXPECT_EQ(wrong.exit_code, 65);
    EXPECT_NE(wrong.err.find("convoys.csv:2"), std::string::npos) << wrong.err;
}

/// The ranked sections are features of their own, before the bins, and say what the ranking says.
TEST_F(Corridors, AMapHasSectionsAndBinsToldApartByKind) {
    const ProgramRun made = run("sections.geojson", {"--corridor", "south road", "--section-km", "30"});
    ASSERT_EQ(made.exit_code, 0) << made.err;
    EXPECT_NE(made.err.find("ranked sections, 11 bins of 1 corridor"), std::string::npos) << made.err;
    const std::vector<std::string> sections = features("sections.geojson", "section"),
                                   bins = features("sections.geojson", "bin");
    EXPECT_EQ(bins.size(), 11u);
    ASSERT_FALSE(sections.empty());
    const std::string& worst = sections.front();
    for (const char* wanted :
         {R"("corridor":"R2")", R"("where":"Koro")", R"("length_km":30)", R"("from_km":30,"to_km":60)",
          R"("country":"ML")", R"("section_rank":1)", R"("incidents":5)", R"("per_km_low":)", R"("per_100_km_month":)",
          R"("status":"restricted")"})
        EXPECT_NE(worst.find(wanted), std::string::npos) << wanted << " in " << worst;
    EXPECT_EQ(worst.find("smoothed"), std::string::npos) << "of bins alone";
    EXPECT_NE(bins.front().find("[-4,14]"), std::string::npos);
    EXPECT_NE(bins.back().find("[-3,14]"), std::string::npos);
    EXPECT_NE(bins[3].find("\"section_rank\":1"), std::string::npos) << bins[3];
    EXPECT_TRUE(features("sections.geojson", "change").empty());
}

TEST_F(Corridors, AMapOfTwoPeriodsHasTheSectionsThatWereCompared) {
    const ProgramRun made =
        run("sections.geojson", {"--section-km", "20", "--compare", "2025-05-01..2025-07-31,2025-08-01..2025-10-31"});
    ASSERT_EQ(made.exit_code, 0) << made.err;
    const std::vector<std::string> changed = features("sections.geojson", "change");
    ASSERT_FALSE(changed.empty());
    for (const std::string& one : changed)
        for (const char* wanted : {R"("before":)", R"("after":)", R"("p":)", R"("p_all":)"})
            EXPECT_NE(one.find(wanted), std::string::npos) << wanted << " in " << one;
    EXPECT_TRUE(std::ranges::any_of(changed, [](const std::string& one) {
        return one.find(R"("from_km":40,"to_km":60)") != std::string::npos &&
               one.find(R"("before":1,"after":4,"ratio":4)") != std::string::npos;
    }));
    EXPECT_NE(features("sections.geojson", "section").front().find(R"("before":)"), std::string::npos);
}

TEST_F(Corridors, ThatShareAnIdAreSaidWhereverTheyAreRead) {
    std::string twins = two_roads_east;
    twins.replace(twins.find("\"R2\""), 4, "\"R1\"");
    folder.write("roads.geojson", twins);
    for (const char* output : {"bins.csv", "sections.geojson", "strip.pdf"}) {
        const ProgramRun made = run(output);
        EXPECT_EQ(made.exit_code, 0) << made.err;
        EXPECT_NE(made.err.find("warning: 2 corridors have the id 'R1'"), std::string::npos) << made.err;
    }
    const ProgramRun page = run_program(
        {"page", "events.csv", "--corridors", "roads.geojson", "--bbox=-4.5,13.5,-2.5,15.5", "-o", "page.svg"},
        folder.path());
    EXPECT_NE(page.err.find("two corridors have the id 'R1'"), std::string::npos) << page.err;
    const ProgramRun tiles = run_program(
        {"tiles", "events.csv", "--corridors", "roads.geojson", "--site", "site", "-z", "5"}, folder.path());
    EXPECT_NE(tiles.err.find("two corridors have the id 'R1'"), std::string::npos) << tiles.err;
}

TEST_F(Corridors, StripChartsAreOfOneCorridorOrOfAllInAPdf) {
    const ProgramRun one = run("strip.svg");
    ASSERT_EQ(one.exit_code, 0) << one.err;
    EXPECT_NE(one.err.find("that of the worst section, R2"), std::string::npos) << one.err;
    EXPECT_NE(read_file(folder.path() / "strip.svg").find(">South Road<"), std::string::npos);
    ASSERT_EQ(run("strip.pdf", {"--by-month"}).exit_code, 0);
    ASSERT_EQ(
        run("strip.png", {"--compare", "2025-05-01..2025-07-31,2025-08-01..2025-10-31", "--width", "120mm"}).exit_code,
        0);
}

/// Two incidents in a month stand as high as four in two.
TEST_F(Corridors, StripsComparePeriodsOfUnlikeLengthByTheirRates) {
    std::string table = "id,latitude,longitude,date_start,where_prec,country,type_of_violence\n";
    for (int i = 0; i < 2; ++i)
        table += std::to_string(i) + ",14.001,-3.47,2025-05-1" + std::to_string(i) + ",1,Mali,1\n";
    for (int i = 2; i < 6; ++i)
        table += std::to_string(i) + ",14.001,-3.47,2025-0" + std::to_string(6 + i % 2) + "-1" + std::to_string(i) +
                 ",1,Mali,1\n";
    folder.write("unlike.csv", table);
    const ProgramRun made =
        run_program({"corridors", "unlike.csv", "--corridors", "roads.geojson", "--corridor", "R2", "-o", "strip.svg",
                     "--compare", "2025-05-01..2025-05-30,2025-06-01..2025-07-30"},
                    folder.path());
    ASSERT_EQ(made.exit_code, 0) << made.err;
    const std::string strip = read_file(folder.path() / "strip.svg");
    for (const char* wanted : {"Incidents per 100 km and month along the route (n = 6)", ">n = 2<", ">n = 4<",
                               ">40<"}) // the axis: three in a bin of the shorter period are 30.4
        EXPECT_NE(strip.find(wanted), std::string::npos) << wanted;
    EXPECT_EQ(strip.find("per 10 km"), std::string::npos);
    std::vector<std::string> heights; // of the nearest band: the key's swatch, then the bar of each period
    const std::regex bar("fill=\"#73190f\"[^>]* d=\"M[-0-9. ]+l[-0-9.]+ 0 0 ([-0-9.]+) ");
    for (std::sregex_iterator it(strip.begin(), strip.end(), bar), end; it != end; ++it) heights.push_back((*it)[1]);
    ASSERT_EQ(heights.size(), 3u) << ::testing::PrintToString(heights);
    EXPECT_EQ(heights[1], heights[2]);
}

TEST_F(Corridors, NamesCheckpoints) {
    folder.write(
        "posts.geojson",
        R"({"type": "FeatureCollection", "features": [{"type": "Feature", "properties": {"name": "Post Alpha"}, "geometry": {"type": "Point", "coordinates": [-3.47, 14.01]}}]})");
    const ProgramRun made =
        run("strip.svg", {"--corridor", "R2", "--checkpoints", "posts.geojson", "--section-km", "30"});
    ASSERT_EQ(made.exit_code, 0) << made.err;
    EXPECT_NE(made.out.find("Post Alpha"), std::string::npos) << made.out;
    EXPECT_NE(read_file(folder.path() / "strip.svg").find(">Post Alpha<"), std::string::npos);
}

/// More checkpoints than there is room for: they and the towns come by turns, and stand all along the road.
TEST_F(Corridors, LeaveRoomForTownsBesideManyCheckpoints) {
    folder.write(
        "roads.geojson",
        R"({"type": "Feature", "properties": {"id": "M", "name": "Mopti–Gao"}, "geometry": {"type": "LineString", "coordinates": [[-4.19, 14.49], [-2.95, 15], [-0.05, 16.27]]}})");
    std::ostringstream posts;
    posts << R"({"type": "FeatureCollection", "features": [)";
    for (int i = 0; i < 60; ++i) {
        const double lon = -4.1 + 4 * i / 60.0,
                     lat = lon < -2.95 ? 14.49 + (lon + 4.19) * 0.51 / 1.24 : 15 + (lon + 2.95) * 1.27 / 2.9;
        posts << (i > 0 ? "," : "") << R"({"type": "Feature", "properties": {"name": "Checkpoint )" << i
              << R"("}, "geometry": {"type": "Point", "coordinates": [)" << lon << "," << lat << "]}}";
    }
    posts << "]}";
    folder.write("posts.geojson", posts.str());
    const ProgramRun made = run("strip.svg", {"--corridor", "M", "--checkpoints", "posts.geojson"});
    ASSERT_EQ(made.exit_code, 0) << made.err;
    const std::string strip = read_file(folder.path() / "strip.svg");
    for (const char* wanted : {">Mopti<", ">Gao<", ">Douentza<"})
        EXPECT_NE(strip.find(wanted), std::string::npos) << wanted;
    int shown = 0;
    for (int i = 0; i < 60; ++i) shown += strip.find(fmt::format(">Checkpoint {}<", i)) != std::string::npos;
    EXPECT_GE(shown, 2) << "and room for some";
    EXPECT_LT(shown, 30);
}

TEST_F(Corridors, SaysWhySchematicOnesHaveNoInnerBands) {
    const ProgramRun made =
        run_program({"corridors", "events.csv", "-o", "bins.csv", "--corridor", "C08"}, folder.path());
    ASSERT_EQ(made.exit_code, 0) << made.err;
    EXPECT_NE(made.err.find("C08 is schematic"), std::string::npos) << made.err;
    EXPECT_NE(made.err.find("--corridors FILE"), std::string::npos) << made.err;
    const std::string text = read_file(folder.path() / "bins.csv");
    EXPECT_EQ(text.find("incidents_0_2_km"), std::string::npos);
    EXPECT_NE(text.find("incidents_0_10_km"), std::string::npos);
}

TEST_F(Corridors, HasAClearWordForEveryLineThatIsNone) {
    const auto says = [&](const std::string& geometry, const std::string& wanted) {
        folder.write(
            "wrong.geojson",
            R"({"type": "FeatureCollection", "features": [{"type": "Feature", "properties": {"id": "W1"}, "geometry": )" +
                geometry + "}]}");
        const ProgramRun made = run_program(
            {"corridors", "events.csv", "--corridors", "wrong.geojson", "-o", "bins.csv", "--force"}, folder.path());
        EXPECT_EQ(made.exit_code, 65) << geometry;
        EXPECT_TRUE(made.err.find(wanted) != std::string::npos && made.err.find("W1") != std::string::npos) << made.err;
    };
    says(R"({"type": "MultiLineString", "coordinates": [[[-4, 14], [-3.5, 14]], [[-3.4, 14], [-3, 14]]]})",
         "is in pieces: 10.80 km lie between");
    says(
        R"({"type": "MultiLineString", "coordinates": [[[-4, 14], [-3.5, 14]], [[-3.5, 14], [-3, 14]], [[-3.5, 14], [-3.5, 15]]]})",
        "branches at");
    says(R"({"type": "LineString", "coordinates": [[-4, 14], [-4, 14]]})", "has no length");
}

/// One that crosses itself: an incident at the crossing counts once, where the road passes first.
TEST_F(Corridors, CountsOnceWhereARoadCrossesItself) {
    folder.write(
        "loop.geojson",
        R"({"type": "Feature", "properties": {"id": "L1"}, "geometry": {"type": "LineString", "coordinates": [[-4, 14], [-3, 14], [-3, 14.5], [-3.465, 14.5], [-3.465, 13.5]]}})");
    ASSERT_EQ(run_program(
                  {"corridors", "events.csv", "--corridors", "loop.geojson", "-o", "bins.csv", "--precision", "point"},
                  folder.path())
                  .exit_code,
              0);
    EXPECT_EQ(sum("bins.csv", "L1", "incidents"), 10);
    for (const auto& row : table("bins.csv"))
        if (row.at("from_km") == "50") { EXPECT_EQ(row.at("incidents_0_2_km"), "2"); }
}

TEST_F(Corridors, GoesAcrossTheAntimeridian) {
    folder.write(
        "fiji.geojson",
        R"({"type": "Feature", "properties": {"id": "F1"}, "geometry": {"type": "LineString", "coordinates": [[179.5, -17], [-179.5, -17]]}})");
    folder.write("fiji.csv", "lon,lat\n179.99,-17.001\n-179.99,-17.001\n-179.6,-17\n");
    ASSERT_EQ(run_program({"corridors", "fiji.csv", "--corridors", "fiji.geojson", "-o", "bins.csv"}, folder.path())
                  .exit_code,
              0);
    EXPECT_EQ(sum("bins.csv", "F1", "incidents"), 3);
    EXPECT_EQ(sum("bins.csv", "F1", "incidents_0_2_km"), 3);
    const ProgramRun map =
        run_program({"corridors", "fiji.csv", "--corridors", "fiji.geojson", "-o", "bins.geojson"}, folder.path());
    ASSERT_EQ(map.exit_code, 0) << map.err;
    EXPECT_NE(read_file(folder.path() / "bins.geojson").find("MultiLineString"), std::string::npos)
        << "the section across it is cut";
}

TEST_F(Corridors, AreInASiteWithWhatLiesAlongThem) {
    const ProgramRun made = run_program(
        {"tiles", "events.csv", "--corridors", "roads.geojson", "--site", "site", "-z", "5", "--lang", "fr", "-q"},
        folder.path());
    ASSERT_EQ(made.exit_code, 0) << made.err;
    const auto has = [&](const std::string& file, const std::string& text) {
        return read_file(folder.path() / "site" / file).find(text) != std::string::npos;
    };
    EXPECT_TRUE(has("site.json",
                    R"("corridors":{"path":"derived/corridors.geojson","profiles":"derived/corridor_profiles.json"})"));
    EXPECT_TRUE(has(
        "derived/corridors.geojson",
        R"("id":"R2","name":"South Road","status":"restricted","schematic":false,"length_km":108,"incidents":10,"incidents_coarse":1,"per_100_km_month":1.53)"));
    EXPECT_TRUE(has("derived/corridor_profiles.json", R"("unit":"incidents par 10 km")"));
    EXPECT_TRUE(has("derived/corridor_profiles.json",
                    R"("bands":["0–2 km","2–5 km","5–10 km","10–25 km","lieu approximatif"])"));
    EXPECT_TRUE(has("derived/corridor_profiles.json",
                    R"("counts":[2,1,1,1,0.24],"from_km":50,"high":12.01,"low":1.76,"to_km":60)"))
        << read_file(folder.path() / "site/derived/corridor_profiles.json");
}

TEST_F(Corridors, AreRibbonsByLevelWithTheirStatusInTheLegend) {
    const ProgramRun made = run_program(
        {"page", "events.csv", "--corridors", "roads.geojson", "--bbox=-4.5,13.5,-2.5,15.5", "-o", "page.svg", "-q"},
        folder.path());
    ASSERT_EQ(made.exit_code, 0) << made.err;
    const std::string page = read_file(folder.path() / "page.svg");
    for (const char* wanted : {"0.1–0.5 incidents per", "10 km", "0.5–1 incidents per 10 km", "≥ 1 incidents per 10 km",
                               "fewer or no data", "Corridor, restricted", "South Road"})
        EXPECT_NE(page.find(wanted), std::string::npos) << wanted;
    EXPECT_EQ(page.find("Corridor, closed"), std::string::npos) << "none is";
    EXPECT_EQ(page.find("{level"), std::string::npos);
    ASSERT_EQ(run_program({"page", "events.csv", "--corridors", "roads.geojson", "--where", "id=12",
                           "--bbox=-4.5,13.5,-2.5,17.8", "-o", "quiet.svg", "-q"},
                          folder.path())
                  .exit_code,
              0);
    const std::string quiet = read_file(folder.path() / "quiet.svg");
    EXPECT_EQ(quiet.find("per 10 km"), std::string::npos) << "no corridor has incidents";
    EXPECT_NE(quiet.find("Supply corridor"), std::string::npos);
}

/// A line that is no route is drawn all the same; nothing is told of it.
TEST_F(Corridors, InPiecesAreDrawnWithoutNumbers) {
    folder.write(
        "pieces.geojson",
        R"({"type": "Feature", "properties": {"id": "P1"}, "geometry": {"type": "MultiLineString", "coordinates": [[[-4, 14], [-3.5, 14]], [[-3.4, 14], [-3, 14]]]}})");
    const ProgramRun made = run_program(
        {"tiles", "events.csv", "--corridors", "pieces.geojson", "--site", "site", "-z", "5", "-q"}, folder.path());
    ASSERT_EQ(made.exit_code, 0) << made.err;
    const std::string lines = read_file(folder.path() / "site/derived/corridors.geojson");
    EXPECT_NE(lines.find("\"P1\""), std::string::npos) << lines;
    EXPECT_EQ(lines.find("incidents"), std::string::npos) << lines;
}

/// Gaya lies in Niger on the border with Benin, and in Nigeria.
TEST_F(Corridors, SayWhichOfSeveralTownsOfANameIsMeant) {
    folder.write(
        "net.geojson",
        R"({"type": "Feature", "properties": {}, "geometry": {"type": "LineString", "coordinates": [[3.45, 11.88], [3.2, 12.4]]}})");
    const auto via = [&](const std::string& places) {
        return run_program(
            {"corridors", "events.csv", "--via", places, "--roads", "net.geojson", "-o", "bins.csv", "--force"},
            folder.path());
    };
    const ProgramRun made = via("Gaya;3.2,12.4");
    ASSERT_EQ(made.exit_code, 0) << made.err;
    EXPECT_NE(made.err.find("2 towns are called 'Gaya'; taken is the most important, at 3.45,11.88; write "
                            "longitude,latitude for another (9.00,11.86)"),
              std::string::npos)
        << made.err;
    EXPECT_EQ(via("3.45,11.88;3.2,12.4").err.find("towns are called"), std::string::npos);
}

TEST_F(Corridors, SaysWhatIsWrongInOneLine) {
    struct Wrong {
        std::vector<std::string> line;
        int code;
        std::string says;
    };
    for (const Wrong& wrong :
         {Wrong{{"corridors", "events.csv"}, 64, "-o"},
          Wrong{{"corridors", "events.csv", "-o", "out.xlsx"}, 64, ".geojson"},
          Wrong{{"corridors", "absent.csv", "-o", "out.csv"}, 66, "absent.csv"},
          Wrong{{"corridors", "events.csv", "-o", "events.csv"}, 64, "events.csv"},
          Wrong{{"corridors", "events.csv", "-o", "out.csv", "--bands", "5,2"}, 64, "rise"},
          Wrong{{"corridors", "events.csv", "-o", "out.csv", "--bin-km", "0"}, 64, "--bin-km"},
          Wrong{{"corridors", "events.csv", "-o", "out.csv", "--corridor", "C99"}, 78, "C01"},
          Wrong{{"corridors", "events.csv", "-o", "out.csv", "--by-month"}, 64, "--by-month"},
          Wrong{{"corridors", "events.csv", "-o", "out.csv", "--compare", "2025-05-01..2025-06-01"}, 64, "two periods"},
          Wrong{{"corridors", "events.csv", "-o", "out.csv", "--compare",
                 "2015-05-01..2015-06-01,2025-05-01..2025-06-01"},
                65,
                "2015-05-01"},
          Wrong{{"corridors", "events.csv", "-o", "out.csv", "--compare",
                 "2025-05-01..2025-07-01,2025-07-01..2025-08-01"},
                64,
                "2025-07-01 is in both"},
          Wrong{{"corridors", "events.csv", "-o", "out.csv", "--ways", "3"}, 64, "--ways"},
          Wrong{{"corridors", "events.csv", "-o", "out.csv", "--exposure", "absent.csv"}, 66, "absent.csv"},
          Wrong{{"corridors", "events.csv", "-o", "out.csv", "--exposure", "often"}, 64, "--exposure"},
          Wrong{{"corridors", "events.csv", "-o", "out.csv", "--via", ""},
                64,
                "'' names no place; give two or more places"},
          Wrong{{"corridors", "events.csv", "-o", "out.csv", "--via", " ; ;"},
                64,
                "' ; ;' names no place; give two or more places"},
          Wrong{{"corridors", "events.csv", "-o", "out.csv", "--via", "Bamako;"},
                64,
                "'Bamako;' names one place; give two or more places"},
          Wrong{{"corridors", "events.csv", "-o", "out.csv", "--set", "corridors.via="}, 64, "names no place"},
          Wrong{{"corridors", "events.csv", "-o", "out.csv", "--corridor", ""},
                64,
                "the id or name of a corridor is empty"},
          Wrong{{"corridors", "events.csv", "-o", "out.csv", "--corridor", "  "}, 64, "--corridor"},
          Wrong{{"corridors", "events.csv", "-o", "out.csv", "--corridors", ""}, 64, "the name of the file is empty"},
          Wrong{{"corridors", "events.csv", "-o", "out.csv", "--roads", ""}, 64, "--roads"},
          Wrong{{"corridors", "events.csv", "-o", "out.csv", "--checkpoints", ""}, 64, "--checkpoints"},
          Wrong{{"corridors", "events.csv", "-o", "out.csv", "--bbox", "10,20,14,23"},
                64,
                "no corridor meets the frame"}}) {
        const ProgramRun made = run_program(wrong.line, folder.path());
        std::string last = made.err.substr(0, made.err.size() - 1); // what was read is said before
        last = last.substr(last.rfind('\n') + 1);
        EXPECT_EQ(made.exit_code, wrong.code) << made.err;
        EXPECT_TRUE(last.starts_with("error: ") && last.find(wrong.says) != std::string::npos) << made.err;
        EXPECT_FALSE(std::filesystem::exists(folder.path() / "out.csv"));
    }
}

} // namespace harmattan::test
