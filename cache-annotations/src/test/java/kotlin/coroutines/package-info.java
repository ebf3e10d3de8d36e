/** A stand-in for Kotlin's. */
package kotlin.coroutines;
