#include "geo/runtime.hpp"

#include "geo/ogr/messages.hpp"

#include <cpl_conv.h>
#include <cpl_error.h>
#include <cpl_http.h>
#include <cpl_string.h>
#include <cpl_vsi_virtual.h>
#include <gdal_frmts.h>
#include <gdal_priv.h>
#include <ogr_srs_api.h>
#include <ogrsf_frmts.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <clocale>
#include <cstdlib>
#include <set>
#include <string>
#include <string_view>
#include <vector>

extern char** environ;

namespace harmattan::geo {

namespace {

/// Variables that begin so belong to the libraries, not to this program. PROJ and GDAL find their data by the paths
/// they were built with.
constexpr std::array<std::string_view, 14> library_prefixes = {"GDAL_", "OGR_",    "OSR_",   "PROJ_", "CPL_",
                                                               "VSI_",  "VIPS_",   "GTIFF_", "TIFF_", "SHAPE_",
                                                               "GPKG_", "SQLITE_", "PANGO",  "FC_"};

void clear_environment() {
    std::vector<std::string> names;
    for (char** entry = environ; entry && *entry; ++entry) {
        const std::string_view text = *entry;
        const std::string_view name = text.substr(0, text.find('='));
        const auto belongs = [&](std::string_view prefix) { return name.starts_with(prefix); };
        if (std::any_of(library_prefixes.begin(), library_prefixes.end(), belongs) || name == "LANGUAGE")
            names.emplace_back(name);
    }
    for (const std::string& name : names) unsetenv(name.c_str());
    setenv("PROJ_NETWORK", "OFF", 1);                           // also against a proj.ini that says otherwise
    setenv("PROJ_SKIP_READ_USER_WRITABLE_DIRECTORY", "YES", 1); // no grids of one user's home
    setenv("LC_ALL", "C.UTF-8", 1);                             // for a library that calls setlocale(…, "")
    std::setlocale(LC_ALL, "C.UTF-8");
    std::setlocale(LC_NUMERIC, "C");
}

void CPL_STDCALL collect(CPLErr kind, CPLErrorNum, const char* text) {
    if (kind == CE_Warning || kind == CE_Failure || kind == CE_Fatal) GdalMessages::deliver(kind != CE_Warning, text);
}

/// Stands in for each of GDAL's virtual file systems: nothing behind it can be opened or made.
class RefusingFiles final : public VSIFilesystemHandler {
public:
    using VSIFilesystemHandler::Open;
    VSIVirtualHandle* Open(const char* name, const char*, bool, CSLConstList) override {
        CPLError(CE_Failure, CPLE_OpenFailed, "%s: virtual file systems are not used", name);
        errno = EACCES;
        return nullptr;
    }
    int Stat(const char*, VSIStatBufL*, int) override {
        errno = EACCES;
        return -1;
    }
};

CPLHTTPResult* refuse_fetch(const char* url, CSLConstList, GDALProgressFunc, void*, CPLHTTPFetchWriteFunc, void*,
                            void*) {
    CPLError(CE_Failure, CPLE_NotSupported, "%s: a data file may not reach the network", url);
    auto* result = static_cast<CPLHTTPResult*>(CPLCalloc(1, sizeof(CPLHTTPResult)));
    result->nStatus = 1;
    result->pszErrBuf = CPLStrdup("the network is not used");
    return result;
}

void close_virtual_files() {
    // Kept: memory (GDAL's own scratch files) and zip members (an .xlsx is a zip; our opening refuses such names).
    constexpr std::array<const char*, 2> kept = {"/vsimem/", "/vsizip/"};
    char** listed = VSIGetFileSystemsPrefixes();
    std::vector<std::string> prefixes = {
        "/vsicurl?"}; // why: this one is not listed, and shares its handler with /vsicurl/
    for (char** prefix = listed; prefix && *prefix; ++prefix) prefixes.emplace_back(*prefix);
    CSLDestroy(listed);

    std::set<VSIFilesystemHandler*> staying = {VSIFileManager::GetHandler("")};
    for (const char* prefix : kept) staying.insert(VSIFileManager::GetHandler(prefix));
    std::set<VSIFilesystemHandler*> replaced; // GDAL forgets them, so they are ours now; one may serve several prefixes
    for (const std::string& prefix : prefixes) {
        VSIFilesystemHandler* const old = VSIFileManager::GetHandler(prefix.c_str());
        if (staying.count(old)) continue;
        replaced.insert(old);
        VSIFileManager::InstallHandler(prefix, new RefusingFiles);
    }
    for (VSIFilesystemHandler* old : replaced) delete old;
    CPLHTTPSetFetchCallback(refuse_fetch, nullptr);
}

void configure_gdal() {
    CPLSetConfigOption("GDAL_CONFIG_FILE", "/dev/null"); // why: else GDAL reads ~/.gdal/gdalrc on its own
    CPLSetConfigOption("GDAL_DISABLE_READDIR_ON_OPEN", "TRUE");
    CPLSetConfigOption("GDAL_DRIVER_PATH", "disable");
    CPLSetConfigOption("GDAL_VRT_ENABLE_PYTHON", "NO");
    CPLSetConfigOption("GDAL_PAM_ENABLED", "NO");
    CPLSetConfigOption("OGR_XLSX_HEADERS", "FORCE"); // why: GDAL takes a header for data where all cells are text
    CPLSetConfigOption("GDAL_CACHEMAX", "64");       // MB; fixed, so that memory can be foretold
    OSRSetPROJEnableNetwork(FALSE);
}

void register_drivers() {
    RegisterOGRGeoJSON();
    RegisterOGRGeoPackage();
    RegisterOGRShape();
    RegisterOGRFlatGeobuf();
    RegisterOGRXLSX();
    GDALRegister_GTiff();
    GDALRegister_COG();
    GDALRegister_MEM();
}

} // namespace

Runtime::Runtime() {
    clear_environment();
    CPLSetErrorHandler(collect);
    configure_gdal();
    close_virtual_files();
    register_drivers();
}

Runtime::~Runtime() {
    GDALDestroyDriverManager();
    OSRCleanup();
    CPLSetErrorHandler(CPLQuietErrorHandler);
}

} // namespace harmattan::geo
