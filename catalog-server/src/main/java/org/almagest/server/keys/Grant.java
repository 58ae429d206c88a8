package org.almagest.server.keys;

import java.util.Optional;
import org.almagest.error.InvalidRequestException;
import org.almagest.error.Quoted;

/** One thing that a key may do: an access to the datasets of a pattern. */
public record Grant(Access access, SlugPattern slugs) {
    /**
     * Returns the grant of a text such as {@code write:stac.*}.
     *
     * @throws InvalidRequestException if it is none
     */
    public static Grant parse(String text) {
        int colon = text.indexOf(':');
        Optional<Access> access = colon < 0 ? Optional.empty() : Access.ofWord(text.substring(0, colon));
        if (access.isEmpty()) {
            throw new InvalidRequestException(
                    "grant", Quoted.text(text) + " (expected read:, write: or admin: and a pattern)");
        }
        return new Grant(access.get(), new SlugPattern(text.substring(colon + 1)));
    }

    /** Tells whether it covers an access to a dataset. */
    public boolean allows(Access wanted, String slug) {
        return access.includes(wanted) && slugs.matches(slug);
    }

    /** Returns the text that {@link #parse} takes. */
    @Override
    public String toString() {
        return access.word() + ":" + slugs.text();
    }
}
