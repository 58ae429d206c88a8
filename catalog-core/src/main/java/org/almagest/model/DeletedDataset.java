package org.almagest.model;

import java.time.Instant;
import java.util.UUID;

/**
 * A dataset that was deleted and can still be restored.
 *
 * @param slug its slug, which stays reserved
 * @param id its id, which stays reserved
 * @param deletedAt when it was deleted
 * @param restorableUntil the instant from which on it cannot be restored any more
 */
public record DeletedDataset(String slug, UUID id, Instant deletedAt, Instant restorableUntil) {}
