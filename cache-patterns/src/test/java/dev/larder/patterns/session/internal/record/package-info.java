@NullMarked
package dev.larder.patterns.session.internal.record;

import org.jspecify.annotations.NullMarked;
