/** The file of API keys, and how keys are made. */
@NullMarked
package org.almagest.server.keys;

import org.jspecify.annotations.NullMarked;
