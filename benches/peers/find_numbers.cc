// find_numbers TURNS DIR VERSION: C++ libphonenumber over the texts of DIR; see README.md. The library does not say which version it
// is: who calls has to.
#include <algorithm>
#include <cstdio>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <limits>
#include <string>
#include <vector>

#include <phonenumbers/phonenumbermatch.h>
#include <phonenumbers/phonenumbermatcher.h>
#include <phonenumbers/phonenumberutil.h>

using i18n::phonenumbers::PhoneNumberMatch;
using i18n::phonenumbers::PhoneNumberMatcher;
using i18n::phonenumbers::PhoneNumberUtil;

static std::vector<std::string> read_texts(const char *folder) {
    std::vector<std::filesystem::path> files;
    for (const auto &entry : std::filesystem::directory_iterator(folder))
        if (entry.path().extension() == ".txt") files.push_back(entry.path());
    std::sort(files.begin(), files.end());
    std::vector<std::string> texts;
    for (const auto &file : files) {
        std::ifstream stream(file, std::ios::binary);
        texts.emplace_back(std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>());
    }
    return texts;
}

static size_t count(const std::vector<std::string> &texts, const std::string &region) {
    const PhoneNumberUtil &util = *PhoneNumberUtil::GetInstance();
    size_t found = 0;
    for (const auto &text : texts) {
        PhoneNumberMatcher matcher(util, text, region, PhoneNumberMatcher::VALID, std::numeric_limits<int>::max());
        for (PhoneNumberMatch match; matcher.HasNext(); found++) matcher.Next(&match);
    }
    return found;
}

int main(int argc, char **argv) {
    if (argc != 4) return 2;
    const int turns = std::stoi(argv[1]);
    const auto texts = read_texts(argv[2]);
    double megabytes = 0;
    for (const auto &text : texts) megabytes += text.size() / 1e6;
    for (const char *region : {"US", "DE"}) {
        double best = std::numeric_limits<double>::infinity();
        size_t found = 0;
        for (int turn = 0; turn < turns; turn++) {
            const auto start = std::clock();
            found = count(texts, region);
            best = std::min(best, double(std::clock() - start) / CLOCKS_PER_SEC);
        }
        std::printf("C++ libphonenumber\t%s\t%s\t%.2f\t%zu\n", argv[3], region, megabytes / best, found);
    }
}
