package org.almagest.server.config;

import java.util.List;

/** A value as a source has it: where it stands, which setting it is for, and its words. */
record Written(String origin, String path, List<String> words) {}
