/** Bodies of requests and answers: how much room they take, and what encodings they come in. */
@NullMarked
package org.almagest.server.http.body;

import org.jspecify.annotations.NullMarked;
