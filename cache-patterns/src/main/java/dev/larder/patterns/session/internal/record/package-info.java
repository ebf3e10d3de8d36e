/** What is stored of a session, and the steps that change it, each atomic. Knows nothing of who uses it. */
@NullMarked
package dev.larder.patterns.session.internal.record;

import org.jspecify.annotations.NullMarked;
