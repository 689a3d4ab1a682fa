#include "support/vector_fixture.hpp"

#include <cpl_string.h>
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

void execute_sql(const std::filesystem::path& file, const std::vector<std::string>& statements) {
    GDALDatasetUniquePtr dataset(GDALDataset::Open(file.c_str(), GDAL_OF_VECTOR | GDAL_OF_UPDATE));
    if (!dataset) throw std::runtime_error("cannot open " + file.string());
    for (const std::string& statement : statements)
        dataset->ReleaseResultSet(dataset->ExecuteSQL(statement.c_str(), nullptr, nullptr));
}

} // namespace harmattan::test
