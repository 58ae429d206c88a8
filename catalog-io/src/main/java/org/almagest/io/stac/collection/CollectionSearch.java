package org.almagest.io.stac.collection;

import java.util.List;
import java.util.Optional;
import org.almagest.error.Quoted;
import org.almagest.io.stac.exchange.ByteSink;
import org.almagest.io.stac.exchange.ProblemException;
import org.almagest.io.stac.exchange.StacLimits;
import org.almagest.io.stac.route.Parameters;

/** Which collections a request asks for, and how many at a time. Immutable. */
final class CollectionSearch {
    private static final int DIGITS_MAX = 18;

    private final Optional<FreeText> words;
    private final long limit;

    private CollectionSearch(Parameters parameters, StacLimits limits) {
        words = parameters.read("q", FreeText::parse);
        limit = limit(parameters, limits.collectionsDefault(), limits);
    }

    static CollectionSearch of(Parameters parameters, StacLimits limits) {
        return new CollectionSearch(parameters, limits);
    }

    /** Returns the limit of a page; more than a page may have is answered with as many as it may have. */
    static long limit(Parameters parameters, long unlessGiven, StacLimits limits) {
        Optional<String> given = parameters.text("limit");
        if (given.isEmpty()) {
            return unlessGiven;
        }
        String text = given.get();
        boolean digits = text.length() <= DIGITS_MAX && text.chars().allMatch(c -> c >= '0' && c <= '9');
        long value = digits ? Long.parseLong(text) : 0;
        if (value < 1 || value > limits.limitMax()) {
            throw ProblemException.invalid(
                    "limit", Quoted.text(text) + " (expected an integer from 1 to " + limits.limitMax() + ")");
        }
        return Math.min(value, limits.collectionsMax());
    }

    long limit() {
        return limit;
    }

    /** Returns those of the collections that are asked for, in order. */
    List<CollectionView> in(List<CollectionView> all) {
        return all.stream()
                .filter(view -> words.map(text -> text.matches(view)).orElse(true))
                .toList();
    }

    void append(CollectionView view, CollectionText text, ByteSink out) {
        text.append(view, out);
    }
}
