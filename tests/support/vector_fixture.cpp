#include "support/vector_fixture.hpp"

#include <cpl_string.h>
#include <cpl_vsi.h>
#include <cstdlib>
#include <gdal_priv.h>
#include <gdal_utils.h>
#include <stdexcept>

namespace harmattan::test {

std::string feature_collection(const std::vector<std::string>& features, const std::string& members) {
    std::string text = "{\"type\": \"FeatureCollection\", " + members + "\"features\": [\n";
    for (std::size_t i = 0; i < features.size(); ++i) text += features[i] + (i + 1 < features.size() ? ",\n" : "\n");
    return text + "]}\n";
}

std::string feature(const std::string& geometry, const std::string& properties) {
    return "{\"type\": \"Feature\", \"properties\": " + properties + ", \"geometry\": " + geometry + "}";
}

std::filesystem::path translate(const std::filesystem::path& from, const std::string& driver,
                                const std::filesystem::path& to, const std::vector<std::string>& arguments) {
    CPLStringList list;
    list.AddString("-f");
    list.AddString(driver.c_str());
    for (const std::string& argument : arguments) list.AddString(argument.c_str());
    GDALVectorTranslateOptions* options = GDALVectorTranslateOptionsNew(list.List(), nullptr);
    GDALDatasetUniquePtr source(GDALDataset::Open(from.c_str(), GDAL_OF_VECTOR));
    GDALDatasetH sources[] = {GDALDataset::ToHandle(source.get())};
    GDALDatasetH made = source ? GDALVectorTranslate(to.c_str(), nullptr, 1, sources, options, nullptr) : nullptr;
    GDALVectorTranslateOptionsFree(options);
    if (!made) throw std::runtime_error("cannot write " + to.string());
    GDALClose(made);
    return to;
}

namespace {

void put(const std::filesystem::path& zip, const std::string& name, const std::string& text) {
    VSILFILE* file = VSIFOpenL(("/vsizip/" + zip.string() + "/" + name).c_str(), "wb");
    if (!file) throw std::runtime_error("cannot write " + zip.string());
    VSIFWriteL(text.data(), 1, text.size(), file);
    VSIFCloseL(file);
}

std::string cell(const std::string& value, std::size_t row, std::size_t column) {
    std::string place(1, static_cast<char>('A' + column));
    place += std::to_string(row + 1);
    if (value.empty()) return {};
    if (value.rfind("date:", 0) == 0) return "<c r=\"" + place + "\" s=\"1\"><v>" + value.substr(5) + "</v></c>";
    char* end = nullptr;
    std::strtod(value.c_str(), &end);
    if (*end == '\0') return "<c r=\"" + place + "\"><v>" + value + "</v></c>";
    return "<c r=\"" + place + "\" t=\"inlineStr\"><is><t>" + value + "</t></is></c>";
}

} // namespace

std::filesystem::path
write_workbook(const std::filesystem::path& to,
               const std::vector<std::pair<std::string, std::vector<std::vector<std::string>>>>& sheets) {
    const std::string head = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
    const std::string main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    const std::string relation = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    std::string names, relations;
    for (std::size_t s = 0; s < sheets.size(); ++s) {
        const std::string number = std::to_string(s + 1);
        names += "<sheet name=\"" + sheets[s].first + "\" sheetId=\"" + number + "\" r:id=\"rId" + number + "\"/>";
        relations += "<Relationship Id=\"rId" + number + "\" Type=\"" + relation +
                     "/worksheet\" Target=\"worksheets/sheet" + number + ".xml\"/>";
        std::string rows;
        for (std::size_t r = 0; r < sheets[s].second.size(); ++r) {
            rows += "<row r=\"" + std::to_string(r + 1) + "\">";
            for (std::size_t c = 0; c < sheets[s].second[r].size(); ++c) rows += cell(sheets[s].second[r][c], r, c);
            rows += "</row>";
        }
        put(to, "xl/worksheets/sheet" + number + ".xml",
            head + "<worksheet xmlns=\"" + main + "\"><sheetData>" + rows + "</sheetData></worksheet>");
    }
    put(to, "[Content_Types].xml",
        head + "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"><Override "
               "PartName=\"/xl/workbook.xml\" ContentType=\"application/vnd.openxmlformats-officedocument."
               "spreadsheetml.sheet.main+xml\"/><Override PartName=\"/xl/worksheets/sheet1.xml\" "
               "ContentType=\"application/"
               "vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml\"/></Types>");
    put(to, "xl/workbook.xml",
        head + "<workbook xmlns=\"" + main + "\" xmlns:r=\"" + relation + "\"><sheets>" + names +
            "</sheets></workbook>");
    put(to, "xl/_rels/workbook.xml.rels",
        head + "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">" + relations +
            "</Relationships>");
    put(to, "xl/styles.xml",
        head + "<styleSheet xmlns=\"" + main + "\"><cellXfs count=\"2\"><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/>" +
            "</cellXfs></styleSheet>");
    return to;
}

void execute_sql(const std::filesystem::path& file, const std::vector<std::string>& statements) {
    GDALDatasetUniquePtr dataset(GDALDataset::Open(file.c_str(), GDAL_OF_VECTOR | GDAL_OF_UPDATE));
    if (!dataset) throw std::runtime_error("cannot open " + file.string());
    for (const std::string& statement : statements)
        dataset->ReleaseResultSet(dataset->ExecuteSQL(statement.c_str(), nullptr, nullptr));
}

} // namespace harmattan::test
