/** What an attacker finds on the class path, outside of the packages of the shop. */
@NullMarked
package dev.larder.examples.evil;

import org.jspecify.annotations.NullMarked;
