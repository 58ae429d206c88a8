package org.almagest.storage.compact;

import java.util.List;
import java.util.Map;

/**
 * What planning looks at.
 *
 * @param collections the segments by the incarnation of their collection
 * @param fileBytes how many bytes each data file has, by its number; one that is absent is not looked at
 */
public record StoreFacts(Map<Long, List<SegmentFacts>> collections, Map<Long, Long> fileBytes) {}
