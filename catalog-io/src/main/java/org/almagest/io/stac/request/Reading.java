package org.almagest.io.stac.request;

import java.util.function.Supplier;
import org.almagest.error.CatalogException;
import org.almagest.error.InvalidRequestException;
import org.almagest.io.stac.exchange.ProblemException;
import org.almagest.io.stac.exchange.Problems;

/** Reads one part of a request, so that what is wrong with it names it. */
final class Reading {
    private static final String POINTER = ": /";

    private Reading() {}

    /**
     * Returns what the reader returns.
     *
     * @param name the parameter
     * @throws ProblemException if the reader refuses; names the parameter
     */
    static <T> T of(String name, Supplier<T> reader) {
        try {
            return reader.get();
        } catch (CatalogException e) {
            throw new ProblemException(Problems.of(e, name));
        }
    }

    /**
     * Returns what the reader returns.
     *
     * @param member the member of the body
     * @throws ProblemException if the reader refuses; names the JSON pointer, as closely as it is known
     */
    static <T> T member(String member, Supplier<T> reader) {
        try {
            return reader.get();
        } catch (CatalogException e) {
            throw new ProblemException(Problems.of(e, member).at("/" + member + below(e, member)));
        }
    }

    /** Some readers say where in the member, as {@code filter: /args/0}. */
    private static String below(CatalogException failure, String member) {
        boolean located = failure instanceof InvalidRequestException invalid
                && invalid.subject().startsWith(member + POINTER);
        return located ? ((InvalidRequestException) failure).subject().substring(member.length() + 2) : "";
    }
}
