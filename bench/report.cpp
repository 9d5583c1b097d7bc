#include "bench/report.hpp"

#include "bench/roof.hpp"

namespace gyre::bench {

namespace {

using Json = nlohmann::ordered_json;

Json known(double value) { return value > 0.0 ? Json(value) : Json(nullptr); }

Json to_json(const RoofRow& row) {
  return {{"game", row.game},
          {"rule", row.rule},
          {"by_hand", row.by_hand},
          {"interleave", row.interleave},
          {"compiled", row.compiled},
          {"interpreted", row.interpreted},
          {"share", row.compiled / row.by_hand},
          {"target", row.target}};
}

Json to_json(const PeerRow& row) {
  Json json{{"peer", row.peer}, {"version", row.version}, {"game", row.game}, {"rule", row.rule}};
  if (!row.missing.empty()) {
    json["missing"] = row.missing;
    return json;
  }
  json["lanes"] = row.lanes;
  json["theirs"] = row.theirs;
  json["compiled"] = row.compiled;
  json["ratio"] = row.compiled / row.theirs;
  json["target"] = known(row.target);
  return json;
}

Json to_json(const LimitRow& row) {
  Json json{{"what", row.what}, {"unit", row.unit}, {"measured", row.measured}};
  json[row.at_least ? "at_least" : "at_most"] = row.limit;
  if (!row.detail.empty()) json["detail"] = row.detail;
  return json;
}

Json to_json(const CurveRow& row) {
  Json json{{"axis", row.axis},
            {"game", row.game},
            {"rule", row.rule},
            {"at", row.at},
            {"rate", row.rate}};
  if (row.compile_seconds > 0.0) json["compile_seconds"] = row.compile_seconds;
  return json;
}

Json list(const auto& rows) {
  Json all = Json::array();
  for (const auto& row : rows) all.push_back(to_json(row));
  return all;
}

}  // namespace

BenchReport measure(const BenchOptions& options) {
  BenchReport report;
  report.backend = options.compiled->name();
  report.hand = hand_set().name;
  report.roof = measure_roof(options);
  report.limits = measure_limits(options);
  if (options.peers) report.peers = measure_peers(options);
  report.curves = measure_curves(options);
  report.complete = !(options.cancel && *options.cancel);
  return report;
}

nlohmann::ordered_json to_json(const BenchReport& report) {
  return {{"backend", report.backend},     {"by_hand", report.hand},
          {"roof", list(report.roof)},     {"peers", list(report.peers)},
          {"limits", list(report.limits)}, {"curves", list(report.curves)}};
}

}  // namespace gyre::bench
