/** What users hold: managers, caches, iterators. Checks arguments and state, translates, and decides nothing. */
@NullMarked
package dev.larder.jcache.internal.facade;

import org.jspecify.annotations.NullMarked;
