package org.almagest.io.stac.collection;

import java.util.ArrayList;
import java.util.List;
import org.almagest.internal.json.JsonArray;
import org.almagest.internal.json.JsonObject;
import org.almagest.internal.json.JsonString;
import org.almagest.internal.value.FoldedText;
import org.almagest.io.stac.exchange.ProblemException;

/**
 * The parameter {@code q}: words of which one must occur, by comma; several words between commas or in quotes must occur
 * one after the other.
 *
 * <p>Case and accents do not matter. Immutable.
 */
final class FreeText {
    private static final int TERMS_MAX = 100;
    private static final int WORDS_MAX = 16;

    private final List<List<String>> terms;

    private FreeText(List<List<String>> terms) {
        this.terms = terms;
    }

    static FreeText parse(String text) {
        List<List<String>> terms = new ArrayList<>();
        for (String term : split(text)) {
            List<String> words = words(term);
            if (words.size() > WORDS_MAX) {
                throw ProblemException.invalid(
                        "q", words.size() + " words in a row (expected at most " + WORDS_MAX + ")");
            }
            if (!words.isEmpty()) {
                terms.add(words);
            }
        }
        if (terms.isEmpty() || terms.size() > TERMS_MAX) {
            throw ProblemException.invalid("q", terms.size() + " words (expected 1 to " + TERMS_MAX + ", by comma)");
        }
        return new FreeText(terms);
    }

    /** Splits at commas that are not in quotes. */
    private static List<String> split(String text) {
        List<String> terms = new ArrayList<>();
        boolean quoted = false;
        int from = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            quoted ^= c == '"';
            if (c == ',' && !quoted) {
                terms.add(text.substring(from, i));
                from = i + 1;
            }
        }
        terms.add(text.substring(from));
        return terms;
    }

    boolean matches(CollectionView view) {
        for (List<String> text : texts(view)) {
            for (List<String> term : terms) {
                if (occurs(term, text)) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean occurs(List<String> term, List<String> text) {
        for (int at = 0; at + term.size() <= text.size(); at++) {
            if (text.subList(at, at + term.size()).equals(term)) {
                return true;
            }
        }
        return false;
    }

    private static List<List<String>> texts(CollectionView view) {
        List<List<String>> texts = new ArrayList<>();
        texts.add(words(view.place().stacId()));
        view.text("title").ifPresent(text -> texts.add(words(text)));
        texts.add(words(view.description()));
        if (view.document().member("keywords") instanceof JsonArray keywords) {
            keywords.elements().forEach(keyword -> {
                if (keyword instanceof JsonString text) {
                    texts.add(words(text.value()));
                }
            });
        }
        if (view.document().member("providers") instanceof JsonArray providers) {
            providers.elements().forEach(provider -> {
                if (provider instanceof JsonObject object && object.member("name") instanceof JsonString name) {
                    texts.add(words(name.value()));
                }
            });
        }
        return texts;
    }

    private static List<String> words(String text) {
        String folded = FoldedText.withoutAccents(FoldedText.withoutCase(text));
        List<String> words = new ArrayList<>();
        int from = -1;
        for (int i = 0; i <= folded.length(); ) {
            int point = i < folded.length() ? folded.codePointAt(i) : ' ';
            boolean inWord = Character.isLetterOrDigit(point);
            if (inWord && from < 0) {
                from = i;
            } else if (!inWord && from >= 0) {
                words.add(folded.substring(from, i));
                from = -1;
            }
            i += Character.charCount(point);
        }
        return words;
    }
}
