/** Settings of the server, from file, environment and flags, with where each came from. */
@NullMarked
package org.almagest.server.config;

import org.jspecify.annotations.NullMarked;
