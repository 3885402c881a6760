// A Debian package of the program that the tests run.

import SystemPackage

/// Makes packages as `make deb` does, of the program as it was built for the tests: unstripped, not compressed, and in need of
/// the toolchain's libraries, which a box made of this machine has.
public enum DebianPackage {
    /// Why there is no package.
    public struct Failure: Error, CustomStringConvertible {
        /// What the script said.
        public let description: String
    }

    /// The root of the source tree.
    public static var tree: FilePath {
        FilePath(#filePath).removingLastComponent().removingLastComponent().removingLastComponent()
    }

    /// Makes one; takes some seconds.
    ///
    /// - Returns: its path.
    public static func make(version: String, in folder: FilePath) throws -> FilePath {
        let result = try Command.run(
            [tree.appending("scripts/deb").string, try TestPaths.nianbao, folder.string, version],
            environment: [
                "DEB_BUILD_OPTIONS": "nostrip", "SHLIBDEPS_OPTIONS": "--ignore-missing-info",
                "BUILDDEB_OPTIONS": "-Znone",
            ]
        )
        guard result.status == 0, let path = result.output.split(separator: "\n").last else {
            throw Failure(description: "scripts/deb ended with \(result.status): \(result.errors)")
        }
        return FilePath(String(path))
    }
}
