package org.almagest.model;

/**
 * A JSON value as canonical text.
 *
 * @param text the canonical text
 */
public record Json(String text) {}
