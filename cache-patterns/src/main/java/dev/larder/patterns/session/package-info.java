/** Keeps the sessions of users in caches of any JCache provider. */
@NullMarked
package dev.larder.patterns.session;

import org.jspecify.annotations.NullMarked;
