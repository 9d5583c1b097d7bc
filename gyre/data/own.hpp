#pragma once

#include <filesystem>

#include "gyre/data/images.hpp"

namespace gyre {

enum class DataPart { kTrain, kTest };

/// A user's own pictures:
/// - a folder that holds the four idx files of the handwritten digits by their names, packed by
/// gzip or not;
/// - one idx file of pictures, with its labels beside it if its name has `images` where theirs has
///   `labels` (and idx3 for idx1);
/// - a folder of CIFAR-10's binary batches, or one batch (`.bin`);
/// - an `.npy` file, with labels in NAME-labels.npy if that is there;
/// - a folder of PNG and JPEG files, or of folders of them, which then are the classes, by name.
///
/// Of folders, `train` and `test` inside are the parts. What has no parts is all for training, and
/// asking for its test part throws Error, as do files that are not what they should be. `size`
/// scales as read_photographs() does.
Images load_own(const std::filesystem::path& path, DataPart part, const ImageSize& size);

/// Throws Error: there is no test part.
[[noreturn]] void refuse_test(const std::filesystem::path& path);

/// The pictures of one idx file with the labels of another, which must be as many. Throws Error.
Images load_idx(const std::filesystem::path& images, const std::filesystem::path& labels);

/// `folder/name` or `folder/name.gz`, whichever is there; empty if neither is.
std::filesystem::path packed_or_not(const std::filesystem::path& folder, const std::string& name);

/// The names of the handwritten digits' files, which many data sets have taken over.
std::string idx_images_name(DataPart part);
std::string idx_labels_name(DataPart part);

}  // namespace gyre
