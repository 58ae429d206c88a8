package org.almagest.io.stac.route;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.almagest.io.stac.exchange.ProblemException;

/**
 * A path with named parts, such as {@code /collections/{collectionId}}. Immutable.
 *
 * @param text the path, beginning with a slash
 */
public record PathTemplate(String text) {
    /** Returns the parts between slashes; none for the root. */
    List<String> segments() {
        return segmentsOf(text);
    }

    /** Splits before anything is decoded, so that a name may contain a slash. */
    static List<String> segmentsOf(String path) {
        if (path.isEmpty() || path.equals("/")) {
            return List.of();
        }
        // What does not begin with a slash is no address: an empty segment fits nowhere.
        return path.startsWith("/") ? List.of(path.substring(1).split("/", -1)) : List.of("");
    }

    private static boolean isName(String segment) {
        return segment.startsWith("{");
    }

    /** Tells whether a path has this form, whatever its named parts are. */
    boolean fits(List<String> raw) {
        List<String> own = segments();
        if (own.size() != raw.size()) {
            return false;
        }
        for (int i = 0; i < own.size(); i++) {
            boolean same =
                    isName(own.get(i)) ? !raw.get(i).isEmpty() : own.get(i).equals(raw.get(i));
            if (!same) {
                return false;
            }
        }
        return true;
    }

    /**
     * Returns the named parts of a path that fits, decoded.
     *
     * @throws ProblemException if one is malformed
     */
    Map<String, String> values(List<String> raw) {
        Map<String, String> values = new LinkedHashMap<>();
        List<String> own = segments();
        for (int i = 0; i < own.size(); i++) {
            if (isName(own.get(i))) {
                String name = own.get(i).substring(1, own.get(i).length() - 1);
                Optional<String> value = PercentText.decode(raw.get(i), PercentText.Form.PATH);
                values.put(
                        name,
                        value.orElseThrow(() -> ProblemException.invalid(name, "malformed percent-encoding or UTF-8")));
            }
        }
        return values;
    }

    /** Returns the names of the named parts, in order. */
    public List<String> names() {
        return segments().stream()
                .filter(PathTemplate::isName)
                .map(segment -> segment.substring(1, segment.length() - 1))
                .toList();
    }
}
