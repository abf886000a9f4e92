"""`make learn`: fits the model in `knowledge/asking/learned.json.gz` anew from phrasings and lessons.

Needs scikit-learn, which only people who change phrasings need.
"""

import gzip
import json
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
from scipy.sparse import csr_matrix, diags
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import StandardScaler

from knowledge.filling import filled, mentions_of
from knowledge.index import Index
from knowledge.learned import FILE, SCALE, UNKNOWN, Learned, fingerprint
from knowledge.library import load_library
from knowledge.phrasings import Reader
from knowledge.questions import read_question
from questions import Labelled, lessons, read

FIRMNESS = 20.0  # scikit-learn's C: how closely the lessons are followed
SMALLEST = 8  # hundredths: weaker weights are left out
DECIDED_ON = ("tuning", "sample/tune")
ANSWERS_FROM = 0.6  # the chance from which a question is answered; lower answers more, and more wrongly
UNKIND = "declined/office"  # for questions to decline whose kind nobody noted

Row = dict[str, float]


def main() -> None:
    """Fit twice: when to answer is decided on questions that the model has not met; then it learns from them too."""
    library = load_library()
    reader = Reader(library)
    kept: dict[str, Any] = {
        "make": 1,
        "learned_from": fingerprint(reader.phrasings),
        "vocabulary": reader.vocabulary,
        "read": {each.text: " ".join(each.tokens) for each in reader.phrasings},
        "decision": {"weights": {}, "bias": 0.0, "answers_from": ANSWERS_FROM},
    }
    taught = list(lessons())
    kept |= fit(*examples(reader, taught))
    write(kept)
    kept["decision"] = decision(Index(library, Learned()), [each for name in DECIDED_ON for each in read(name)])
    taught += [(each.topics[0] if each.topics else UNKIND, each.text) for each in read("tuning")]
    kept |= fit(*examples(reader, taught))
    write(kept)
    size = FILE.stat().st_size
    print(f"{len(taught)} questions, {len(kept['tokens'])} tokens, {len(kept['topics'])} topics, {size} bytes")


def write(kept: dict[str, Any]) -> None:
    text = json.dumps(kept, separators=(",", ":"), sort_keys=True).encode()
    FILE.write_bytes(gzip.compress(text, mtime=0))


def examples(reader: Reader, taught: Sequence[tuple[str, str]]) -> tuple[list[Row], list[str], list[float]]:
    """Phrasings, each once more without the words that only it has, and lessons."""
    times = Counter(token for each in reader.phrasings for token in each.tokens)
    rows: list[Row] = []
    topics: list[str] = []
    weights: list[float] = []

    def add(tokens: Iterable[str], unknown: int, topic: str, weight: float) -> None:
        rows.append(dict.fromkeys(tokens, 1.0) | ({UNKNOWN: unknown**0.5} if unknown else {}))
        topics.append(topic)
        weights.append(weight)

    for each in reader.phrasings:
        add(each.tokens, 0, each.topic, 1.0)
        rare = [token for token in each.tokens if times[token] == 1 and token.startswith("w")]
        if rare:
            add([token for token in each.tokens if token not in rare], len(rare), each.topic, 0.5)
    topics_taught = sorted({each.topic for each in reader.phrasings})
    for topic, text in taught:
        units = read_question(reader, text).units
        mentions = mentions_of(units)
        patterns = [each for each in topics_taught if "{" in each and topic in tuple(filled(each, mentions))]
        label = patterns[0] if patterns else topic
        if label not in topics_taught:
            print(f"left out, no such topic: {topic}: {text}")
            continue
        tokens = reader.question_tokens(units)
        neutral = reader.wording.neutral
        known = [token for token in tokens if token in times]
        unknown = sum(token not in times and token[1:] not in neutral for token in tokens if token.startswith("w"))
        add(known, unknown, label, 1.0)
    return rows, topics, weights


def fit(rows: Sequence[Row], topics: Sequence[str], weights: Sequence[float]) -> dict[str, Any]:
    """Fit the linear model and write it as whole numbers."""
    vectorizer = DictVectorizer()
    matrix = csr_matrix(vectorizer.fit_transform(rows))
    rarity = np.log((1 + matrix.shape[0]) / (1 + np.asarray((matrix > 0).sum(0)).ravel())) + 1
    scaled = matrix @ diags(rarity)
    lengths = np.sqrt(np.asarray(scaled.multiply(scaled).sum(1)).ravel())
    lengths[lengths == 0] = 1
    model = LogisticRegression(C=FIRMNESS, max_iter=300).fit(diags(1 / lengths) @ scaled, topics, sample_weight=weights)
    whole = np.rint(model.coef_ * SCALE).astype(int)
    tokens = {}
    for column, name in enumerate(vectorizer.get_feature_names_out()):
        strong = [int(row) for row in np.flatnonzero(np.abs(whole[:, column]) >= SMALLEST)]
        tokens[str(name)] = [round(float(rarity[column]), 3), strong, [int(whole[row, column]) for row in strong]]
    return {
        "topics": [str(each) for each in model.classes_],
        "bias": [int(each) for each in np.rint(model.intercept_ * SCALE)],
        "tokens": tokens,
    }


def decision(index: Index, labelled: Sequence[Labelled]) -> dict[str, Any]:
    """Fit when to answer, on questions that are not among the phrasings."""
    explained = [(index.explain(each.text), bool(each.topics)) for each in labelled]
    rows = [(each.signals, ours) for each, ours in explained if each.signals]  # word for word ones need no decision
    names = sorted(rows[0][0])
    matrix = np.array([[signals[name] for name in names] for signals, _ in rows])
    scaler = StandardScaler().fit(matrix)
    rule = LogisticRegression(C=1.0, class_weight="balanced").fit(scaler.transform(matrix), [ours for _, ours in rows])
    weights = rule.coef_[0] / scaler.scale_
    bias = float(rule.intercept_[0] - np.sum(weights * scaler.mean_))
    named = {name: round(float(weight), 3) for name, weight in zip(names, weights, strict=True)}
    return {"weights": named, "bias": round(bias, 3), "answers_from": ANSWERS_FROM}


if __name__ == "__main__":
    main()
