//! `spx lint` and `spx explain`, as people and programs meet them.

use crate::support::World;

const BROKEN: &str = "\
from distutils.core import setup

setup(
    name='demo',
    version='1.0',
    packages=[],
    classifiers='Programming Language :: Python',
)
";

#[test]
fn findings_have_places_and_an_exit_status() {
    let world = World::new();
    world.write("demo/setup.py", BROKEN);
    let ran = world.spx(&["lint", "demo", "--format", "concise"]);
    insta::assert_snapshot!(ran.stdout, @"
    demo/setup.py:1:1: warning[distutils-import] `distutils.core` is not part of Python 3.12 and later
    demo/setup.py:7:5: error[classifiers-is-string] `classifiers` is a text, so each of its 30 characters becomes a classifier
    ");
    assert_eq!((ran.status, ran.stderr.as_str()), (1, ""));
    let ran =
        world.spx(&["lint", "demo", "--ignore", "distutils-*,classifiers-is-string", "--format", "concise"]);
    assert_eq!((ran.status, ran.stdout.as_str()), (0, ""), "{}", ran.stderr);
    let ran = world.spx(&["lint", "demo", "--select", "nothing"]);
    assert_eq!(ran.status, 2);
    assert!(ran.stderr.contains("there is no rule `nothing`"), "{}", ran.stderr);
}

#[test]
fn comments_silence_what_they_name() {
    let world = World::new();
    let text =
        BROKEN.replacen("setup\n", "setup  # spx: ignore[distutils-import] an old Python\n", 1).replace(
            "    classifiers",
            "    # spx: ignore[classifiers-is-string, setup-not-reached]\n    classifiers",
        );
    world.write("demo/setup.py", text);
    let ran = world.spx(&["lint", "demo", "--format", "concise"]);
    insta::assert_snapshot!(ran.stdout, @"demo/setup.py:7:5: info[unused-suppression] nothing here is silenced by ignoring `setup-not-reached`");
    assert_eq!(ran.status, 0);
}

#[test]
fn single_files_and_settings_of_the_project() {
    let world = World::new();
    world.write("demo/setup.py", BROKEN);
    world.write("demo/requirements.txt", "flask==\n");
    let ran = world.spx(&["lint", "demo/requirements.txt", "--format", "concise"]);
    insta::assert_snapshot!(ran.stdout, @"demo/requirements.txt:1:6: error[invalid-requirement] not a requirement");
    world.write(
        "demo/spx.toml",
        "[lint]\nignore = ['distutils-import']\nper-file-ignores = {'setup.*' = ['classifiers-*']}\n",
    );
    let ran = world.spx(&["lint", "demo/setup.py", "--format", "concise"]);
    assert_eq!((ran.status, ran.stdout.as_str()), (0, ""));
}

#[test]
fn rules_are_explained() {
    let world = World::new();
    let ran = world.spx(&["explain", "distutils-import"]);
    assert!(
        ran.stdout.starts_with("# distutils-import\n") && ran.stdout.contains("Python 3.12 (2023-10-02)")
    );
    assert!(world.spx(&["explain", "--list"]).stdout.lines().count() > 3);
    let ran = world.spx(&["explain", "distutil-import"]);
    assert!(ran.status == 2 && ran.stderr.contains("did you mean `distutils-import`?"));
}

/// Findings with a trail over two files, a fix, a name that formats must escape, and one that a comment silences.
fn shown(world: &World, format: &str) -> String {
    world.write("a b/VERSION", "1.0.banana\n");
    world.write(
        "a b/setup.py",
        "from distutils.core import setup\n\nwith open('VERSION') as f:\n    version = f.read().strip()\n\nsetup(\n    name='demo',\n    version=version,\n    packages=[],\n    zip_safe=False,\n    licence='Größe <&\">',  # spx: ignore[licence-alias] as it was\n)\n",
    );
    world.write("a b/MANIFEST.in", "include VERSION\n");
    let ran = world.spx(&["lint", "a b", "--format", format]);
    assert_eq!(ran.status, 1, "{}", ran.stderr);
    ran.stdout
}

// Snapshots, not statements.
#[allow(clippy::too_many_lines)]
#[test]
fn formats() {
    let world = World::new();
    insta::assert_snapshot!(shown(&world, "concise"), @"
    a b/setup.py:1:1: warning[distutils-import] `distutils.core` is not part of Python 3.12 and later
    a b/setup.py:8:5: error[invalid-version] `1.0.banana` is not a version
    ");
    insta::assert_snapshot!(shown(&world, "json-lines"), @r#"
    {"code":"distutils-import","severity":"warning","message":"`distutils.core` is not part of Python 3.12 and later","file":"a b/setup.py","line":1,"column":1,"end_line":1,"end_column":33,"help":["import setuptools first, or take what is needed from setuptools itself","gone since Python 3.12 (2023-10-02), deprecated since Python 3.10 (2021-10-04)"]}
    {"code":"invalid-version","severity":"error","message":"`1.0.banana` is not a version","file":"a b/setup.py","line":8,"column":5,"end_line":8,"end_column":20,"related":[{"file":"a b/setup.py","line":4,"column":15,"end_line":4,"end_column":31,"label":"comes from here"},{"file":"a b/setup.py","line":3,"column":6,"end_line":3,"end_column":21,"label":"comes from here"},{"file":"a b/VERSION","line":1,"column":1,"end_line":1,"end_column":11,"label":"comes from here"}],"help":["write it as PEP 440 does: `1.2.3`, `1.0rc1`, `2.0.dev4`"]}
    "#);
    insta::assert_snapshot!(shown(&world, "github"), @"
    ::error title=invalid-version,file=a b/setup.py,line=8,endLine=8,col=5,endColumn=20::`1.0.banana` is not a version%0Awrite it as PEP 440 does: `1.2.3`, `1.0rc1`, `2.0.dev4`
    ::warning title=distutils-import,file=a b/setup.py,line=1,endLine=1,col=1,endColumn=33::`distutils.core` is not part of Python 3.12 and later%0Aimport setuptools first, or take what is needed from setuptools itself%0Agone since Python 3.12 (2023-10-02), deprecated since Python 3.10 (2021-10-04)
    ");
    insta::assert_snapshot!(shown(&world, "gitlab"), @r#"
    [
      {
        "description": "`distutils.core` is not part of Python 3.12 and later",
        "check_name": "distutils-import",
        "fingerprint": "0de02f7d699d9a54a478902dabb28b43",
        "severity": "minor",
        "location": {
          "path": "a b/setup.py",
          "positions": {
            "begin": {
              "line": 1,
              "column": 1
            },
            "end": {
              "line": 1,
              "column": 33
            }
          }
        }
      },
      {
        "description": "`1.0.banana` is not a version",
        "check_name": "invalid-version",
        "fingerprint": "f213944e4d5cf1cc700b8a83c26a33ce",
        "severity": "major",
        "location": {
          "path": "a b/setup.py",
          "positions": {
            "begin": {
              "line": 8,
              "column": 5
            },
            "end": {
              "line": 8,
              "column": 20
            }
          }
        }
      }
    ]
    "#);
    insta::assert_snapshot!(shown(&world, "junit"), @r#"
    <?xml version="1.0" encoding="UTF-8"?>
    <testsuites name="spx lint" tests="2" failures="2" errors="0">
      <testsuite name="a b/setup.py" tests="2" failures="2" errors="0">
        <testcase name="distutils-import" classname="a b/setup.py:1:1">
          <failure type="warning" message="`distutils.core` is not part of Python 3.12 and later">a b/setup.py:1:1: `distutils.core` is not part of Python 3.12 and later&#10;import setuptools first, or take what is needed from setuptools itself&#10;gone since Python 3.12 (2023-10-02), deprecated since Python 3.10 (2021-10-04)</failure>
        </testcase>
        <testcase name="invalid-version" classname="a b/setup.py:8:5">
          <failure type="error" message="`1.0.banana` is not a version">a b/setup.py:8:5: `1.0.banana` is not a version&#10;write it as PEP 440 does: `1.2.3`, `1.0rc1`, `2.0.dev4`</failure>
        </testcase>
      </testsuite>
    </testsuites>
    "#);
    insta::assert_snapshot!(shown(&world, "rdjson"), @r#"
    {
      "source": {
        "name": "spx",
        "url": "https://github.com/spx/spx"
      },
      "diagnostics": [
        {
          "message": "`distutils.core` is not part of Python 3.12 and later",
          "severity": "WARNING",
          "code": {
            "value": "distutils-import",
            "url": "https://github.com/spx/spx/blob/main/docs/rules.md#distutils-import"
          },
          "location": {
            "path": "a b/setup.py",
            "range": {
              "start": {
                "line": 1,
                "column": 1
              },
              "end": {
                "line": 1,
                "column": 33
              }
            }
          },
          "suggestions": [
            {
              "range": {
                "start": {
                  "line": 1,
                  "column": 6
                },
                "end": {
                  "line": 1,
                  "column": 20
                }
              },
              "text": "setuptools"
            }
          ]
        },
        {
          "message": "`1.0.banana` is not a version",
          "severity": "ERROR",
          "code": {
            "value": "invalid-version",
            "url": "https://github.com/spx/spx/blob/main/docs/rules.md#invalid-version"
          },
          "location": {
            "path": "a b/setup.py",
            "range": {
              "start": {
                "line": 8,
                "column": 5
              },
              "end": {
                "line": 8,
                "column": 20
              }
            }
          }
        }
      ]
    }
    "#);
    insta::assert_snapshot!(shown(&world, "human"), @"
    distutils-import

      ⚠ `distutils.core` is not part of Python 3.12 and later
       ╭─[a b/setup.py:1:1]
     1 │ from distutils.core import setup
       · ────────────────────────────────
     2 │ 
       ╰────
      help: import setuptools first, or take what is needed from setuptools itself
            gone since Python 3.12 (2023-10-02), deprecated since Python 3.10 (2021-10-04)

    invalid-version

      × `1.0.banana` is not a version
       ╭─[a b/setup.py:8:5]
     2 │ 
     3 │ with open('VERSION') as f:
       ·      ───────┬───────
       ·             ╰── comes from here
     4 │     version = f.read().strip()
       ·               ────────┬───────
       ·                       ╰── comes from here
     5 │ 
     6 │ setup(
     7 │     name='demo',
     8 │     version=version,
       ·     ───────────────
     9 │     packages=[],
       ╰────
      help: write it as PEP 440 does: `1.2.3`, `1.0rc1`, `2.0.dev4`
      ╰─▶   ☞ comes from here
             ╭─[a b/VERSION:1:1]
           1 │ 1.0.banana
             · ──────────
             ╰────
    ");
    insta::assert_snapshot!(shown(&world, "json"), @r#"
    {
      "schema": 1,
      "diagnostics": [
        {
          "code": "distutils-import",
          "severity": "warning",
          "message": "`distutils.core` is not part of Python 3.12 and later",
          "file": "a b/setup.py",
          "line": 1,
          "column": 1,
          "end_line": 1,
          "end_column": 33,
          "help": [
            "import setuptools first, or take what is needed from setuptools itself",
            "gone since Python 3.12 (2023-10-02), deprecated since Python 3.10 (2021-10-04)"
          ]
        },
        {
          "code": "invalid-version",
          "severity": "error",
          "message": "`1.0.banana` is not a version",
          "file": "a b/setup.py",
          "line": 8,
          "column": 5,
          "end_line": 8,
          "end_column": 20,
          "related": [
            {
              "file": "a b/setup.py",
              "line": 4,
              "column": 15,
              "end_line": 4,
              "end_column": 31,
              "label": "comes from here"
            },
            {
              "file": "a b/setup.py",
              "line": 3,
              "column": 6,
              "end_line": 3,
              "end_column": 21,
              "label": "comes from here"
            },
            {
              "file": "a b/VERSION",
              "line": 1,
              "column": 1,
              "end_line": 1,
              "end_column": 11,
              "label": "comes from here"
            }
          ],
          "help": [
            "write it as PEP 440 does: `1.2.3`, `1.0rc1`, `2.0.dev4`"
          ]
        }
      ]
    }
    "#);
    let mut sarif: serde_json::Value = serde_json::from_str(&shown(&world, "sarif")).unwrap();
    let rules = sarif["runs"][0]["tool"]["driver"]["rules"].take();
    insta::assert_snapshot!(format!("{sarif:#}"), @r#"
    {
      "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
      "version": "2.1.0",
      "runs": [
        {
          "tool": {
            "driver": {
              "name": "spx",
              "version": "0.1.0",
              "informationUri": "https://github.com/spx/spx",
              "rules": null
            }
          },
          "columnKind": "unicodeCodePoints",
          "originalUriBaseIds": {
            "SRCROOT": {
              "description": {
                "text": "where spx was started"
              }
            }
          },
          "results": [
            {
              "ruleId": "distutils-import",
              "level": "warning",
              "message": {
                "text": "`distutils.core` is not part of Python 3.12 and later\nimport setuptools first, or take what is needed from setuptools itself\ngone since Python 3.12 (2023-10-02), deprecated since Python 3.10 (2021-10-04)"
              },
              "ruleIndex": 15,
              "locations": [
                {
                  "physicalLocation": {
                    "artifactLocation": {
                      "uri": "a%20b/setup.py",
                      "uriBaseId": "SRCROOT"
                    },
                    "region": {
                      "startLine": 1,
                      "startColumn": 1,
                      "endLine": 1,
                      "endColumn": 33
                    }
                  }
                }
              ],
              "partialFingerprints": {
                "spx/v1": "0de02f7d699d9a54a478902dabb28b43"
              },
              "fixes": [
                {
                  "description": {
                    "text": "import it from setuptools"
                  },
                  "artifactChanges": [
                    {
                      "artifactLocation": {
                        "uri": "a%20b/setup.py",
                        "uriBaseId": "SRCROOT"
                      },
                      "replacements": [
                        {
                          "deletedRegion": {
                            "startLine": 1,
                            "startColumn": 6,
                            "endLine": 1,
                            "endColumn": 20
                          },
                          "insertedContent": {
                            "text": "setuptools"
                          }
                        }
                      ]
                    }
                  ]
                }
              ]
            },
            {
              "ruleId": "invalid-version",
              "level": "error",
              "message": {
                "text": "`1.0.banana` is not a version\nwrite it as PEP 440 does: `1.2.3`, `1.0rc1`, `2.0.dev4`"
              },
              "ruleIndex": 38,
              "locations": [
                {
                  "physicalLocation": {
                    "artifactLocation": {
                      "uri": "a%20b/setup.py",
                      "uriBaseId": "SRCROOT"
                    },
                    "region": {
                      "startLine": 8,
                      "startColumn": 5,
                      "endLine": 8,
                      "endColumn": 20
                    }
                  }
                }
              ],
              "codeFlows": [
                {
                  "threadFlows": [
                    {
                      "locations": [
                        {
                          "location": {
                            "physicalLocation": {
                              "artifactLocation": {
                                "uri": "a%20b/VERSION",
                                "uriBaseId": "SRCROOT"
                              },
                              "region": {
                                "startLine": 1,
                                "startColumn": 1,
                                "endLine": 1,
                                "endColumn": 11
                              }
                            },
                            "message": {
                              "text": "comes from here"
                            }
                          }
                        },
                        {
                          "location": {
                            "physicalLocation": {
                              "artifactLocation": {
                                "uri": "a%20b/setup.py",
                                "uriBaseId": "SRCROOT"
                              },
                              "region": {
                                "startLine": 3,
                                "startColumn": 6,
                                "endLine": 3,
                                "endColumn": 21
                              }
                            },
                            "message": {
                              "text": "comes from here"
                            }
                          }
                        },
                        {
                          "location": {
                            "physicalLocation": {
                              "artifactLocation": {
                                "uri": "a%20b/setup.py",
                                "uriBaseId": "SRCROOT"
                              },
                              "region": {
                                "startLine": 4,
                                "startColumn": 15,
                                "endLine": 4,
                                "endColumn": 31
                              }
                            },
                            "message": {
                              "text": "comes from here"
                            }
                          }
                        },
                        {
                          "location": {
                            "physicalLocation": {
                              "artifactLocation": {
                                "uri": "a%20b/setup.py",
                                "uriBaseId": "SRCROOT"
                              },
                              "region": {
                                "startLine": 8,
                                "startColumn": 5,
                                "endLine": 8,
                                "endColumn": 20
                              }
                            }
                          }
                        }
                      ]
                    }
                  ]
                }
              ],
              "relatedLocations": [
                {
                  "physicalLocation": {
                    "artifactLocation": {
                      "uri": "a%20b/setup.py",
                      "uriBaseId": "SRCROOT"
                    },
                    "region": {
                      "startLine": 4,
                      "startColumn": 15,
                      "endLine": 4,
                      "endColumn": 31
                    }
                  },
                  "id": 0,
                  "message": {
                    "text": "comes from here"
                  }
                },
                {
                  "physicalLocation": {
                    "artifactLocation": {
                      "uri": "a%20b/setup.py",
                      "uriBaseId": "SRCROOT"
                    },
                    "region": {
                      "startLine": 3,
                      "startColumn": 6,
                      "endLine": 3,
                      "endColumn": 21
                    }
                  },
                  "id": 1,
                  "message": {
                    "text": "comes from here"
                  }
                },
                {
                  "physicalLocation": {
                    "artifactLocation": {
                      "uri": "a%20b/VERSION",
                      "uriBaseId": "SRCROOT"
                    },
                    "region": {
                      "startLine": 1,
                      "startColumn": 1,
                      "endLine": 1,
                      "endColumn": 11
                    }
                  },
                  "id": 2,
                  "message": {
                    "text": "comes from here"
                  }
                }
              ],
              "partialFingerprints": {
                "spx/v1": "f213944e4d5cf1cc700b8a83c26a33ce"
              }
            },
            {
              "ruleId": "licence-alias",
              "level": "note",
              "message": {
                "text": "`licence` is a deprecated spelling\nwrite `license`"
              },
              "ruleIndex": 42,
              "locations": [
                {
                  "physicalLocation": {
                    "artifactLocation": {
                      "uri": "a%20b/setup.py",
                      "uriBaseId": "SRCROOT"
                    },
                    "region": {
                      "startLine": 11,
                      "startColumn": 5,
                      "endLine": 11,
                      "endColumn": 25
                    }
                  }
                }
              ],
              "partialFingerprints": {
                "spx/v1": "1eb9109517a08bf655baeb3a76e6c266"
              },
              "fixes": [
                {
                  "description": {
                    "text": "write `license`"
                  },
                  "artifactChanges": [
                    {
                      "artifactLocation": {
                        "uri": "a%20b/setup.py",
                        "uriBaseId": "SRCROOT"
                      },
                      "replacements": [
                        {
                          "deletedRegion": {
                            "startLine": 11,
                            "startColumn": 5,
                            "endLine": 11,
                            "endColumn": 12
                          },
                          "insertedContent": {
                            "text": "license"
                          }
                        }
                      ]
                    }
                  ]
                }
              ],
              "suppressions": [
                {
                  "kind": "inSource",
                  "justification": "as it was"
                }
              ]
            }
          ]
        }
      ]
    }
    "#);
    let rules = rules.as_array().unwrap();
    assert!(
        rules.len() > 70
            && rules.iter().all(|rule| rule["helpUri"].is_string() && rule["help"]["markdown"].is_string())
    );
}

#[test]
fn every_format_has_the_same_exit_status() {
    let world = World::new();
    world.write(
        "good/setup.py",
        "from setuptools import setup\nsetup(name='demo', version='1.0', packages=[])\n",
    );
    for format in ["human", "concise", "json", "json-lines", "sarif", "github", "gitlab", "junit", "rdjson"] {
        shown(&world, format);
        let ran = world.spx(&["lint", "good", "--format", format]);
        assert_eq!((ran.status, format), (0, format), "{}", ran.stdout);
        assert_eq!(world.spx(&["lint", "a b", "--exit-zero", "--format", format]).status, 0);
        assert_eq!(world.spx(&["lint", "nowhere", "--format", format]).status, 2);
        if format != "human" && format != "json" {
            assert_eq!(world.spx(&["metadata", "good", "--format", format]).status, 2);
        }
    }
}

#[test]
fn fixes_are_shown_and_made() {
    let world = World::new();
    let path = world.write("demo/setup.py", BROKEN.replace("packages=[],", "packages=[],  # none yet"));
    let ran = world.spx(&["lint", "demo", "--diff"]);
    insta::assert_snapshot!(ran.stdout, @"
    --- a/demo/setup.py
    +++ b/demo/setup.py
    @@ -1,8 +1,8 @@
    -from distutils.core import setup
    +from setuptools import setup
     
     setup(
         name='demo',
         version='1.0',
         packages=[],  # none yet
    -    classifiers='Programming Language :: Python',
    +    classifiers=['Programming Language :: Python'],
     )
    ");
    assert_eq!(ran.status, 1);
    let ran = world.spx(&["lint", "demo", "--fix"]);
    assert_eq!(ran.status, 0, "{}{}", ran.stdout, ran.stderr);
    let once = std::fs::read_to_string(&path).unwrap();
    insta::assert_snapshot!(once, @"
    from setuptools import setup

    setup(
        name='demo',
        version='1.0',
        packages=[],  # none yet
        classifiers=['Programming Language :: Python'],
    )
    ");
    world.spx(&["lint", "demo", "--fix"]);
    assert_eq!(std::fs::read_to_string(&path).unwrap(), once, "a second time changes nothing");
}

#[test]
fn a_file_in_another_encoding_is_left_alone() {
    let world = World::new();
    let text = b"# coding: latin-1\n# \xe9\nfrom distutils.core import setup\nsetup(name='demo', version='1.0', packages=[])\n";
    let path = world.write("demo/setup.py", text);
    let ran = world.spx(&["lint", "demo", "--fix"]);
    assert_eq!(ran.status, 1, "{}", ran.stderr);
    assert_eq!(std::fs::read(path).unwrap(), text);
}

#[test]
fn a_baseline_hides_what_was_there() {
    let world = World::new();
    world.write("demo/setup.py", BROKEN);
    let ran = world.spx(&["lint", "demo", "--write-baseline", "base.json"]);
    assert_eq!(ran.status, 0, "{}", ran.stderr);
    // New lines above do not matter, new findings do.
    world.write("demo/setup.py", format!("# a comment\n{}", BROKEN.replace("version='1.0'", "version=1.0")));
    let ran = world.spx(&["lint", "demo", "--baseline", "base.json", "--format", "concise"]);
    insta::assert_snapshot!(ran.stdout, @"demo/setup.py:6:5: error[version-not-string] the version is a number, and `1.10` is written as `1.1`");
    let sarif = world.spx(&["lint", "demo", "--baseline", "base.json", "--format", "sarif"]).stdout;
    let sarif: serde_json::Value = serde_json::from_str(&sarif).unwrap();
    let results = sarif["runs"][0]["results"].as_array().unwrap();
    let marked = results.iter().filter(|result| result["suppressions"][0]["kind"] == "external").count();
    assert_eq!((results.len(), marked), (3, 2));
    assert_eq!(world.spx(&["lint", "demo", "--baseline", "demo/setup.py"]).status, 2);
}

#[test]
fn statistics_and_standard_input() {
    let world = World::new();
    world.write("demo/setup.py", BROKEN);
    insta::assert_snapshot!(world.spx(&["lint", "demo", "--statistics"]).stdout, @"
    1  error    classifiers-is-string  (1 can be mended)
    1  warning  distutils-import  (1 can be mended)
    ");
    let ran = world.spx_with_input(
        &["lint", "--stdin-filename", "demo/setup.py", "--format", "concise"],
        "from setuptools import setup\nsetup(name='demo', version=2)\n",
    );
    insta::assert_snapshot!(ran.stdout, @"demo/setup.py:2:20: error[version-not-string] the version is a number");
}

#[test]
fn removals_depend_on_the_setuptools() {
    let world = World::new();
    world.write("demo/setup.py", "import pkg_resources\nfrom setuptools import setup\nsetup(name='demo', version='1.0', packages=[])\n");
    let told = |setuptools: &str| {
        world.spx(&["lint", "demo", "--target-setuptools", setuptools, "--format", "concise"]).stdout
    };
    assert!(told("81.0").contains("warning[pkg-resources-import]"), "{}", told("81.0"));
    assert!(told("82.0").contains("error[pkg-resources-import]"), "{}", told("82.0"));
}

/// The hook, the action and the problem matcher name what there is.
#[test]
fn hooks_fit_the_command_line() {
    let hooks = std::fs::read_to_string(".pre-commit-hooks.yaml").unwrap();
    let files: Vec<&str> = hooks.lines().filter_map(|line| line.trim().strip_prefix("files: ")).collect();
    let pattern = regex::Regex::new(files[0]).unwrap();
    for path in ["setup.py", "sub/setup.cfg", "requirements.txt", "a/dev-requirements.in", "MANIFEST.in"] {
        assert!(pattern.is_match(path), "{path}");
    }
    assert!(!pattern.is_match("src/setup_helper.py") && !pattern.is_match("notes.txt"));
    assert!(hooks.contains("entry: spx lint\n") && hooks.contains("entry: spx lint --fix\n"));
    let world = World::new();
    world.write("demo/setup.py", BROKEN);
    let matcher: serde_json::Value =
        serde_json::from_str(&std::fs::read_to_string("testdata/spx-matcher.json").unwrap()).unwrap();
    let pattern = matcher["problemMatcher"][0]["pattern"][0]["regexp"].as_str().unwrap();
    let pattern = regex::Regex::new(pattern).unwrap();
    let ran = world.spx(&["lint", "demo", "--format", "concise"]);
    assert!(
        ran.stdout.lines().count() > 0 && ran.stdout.lines().all(|line| pattern.is_match(line)),
        "{}",
        ran.stdout
    );
    let action = std::fs::read_to_string("action.yml").unwrap();
    let help = world.spx(&["lint", "--help"]).stdout;
    for option in ["--exit-zero", "--format"] {
        assert!(action.contains(option) && help.contains(option), "{option}");
    }
}

/// `docs/rules.md` is made of the rules' own documentation.
#[test]
fn the_rules_are_documented_in_one_page() {
    let world = World::new();
    let list = world.spx(&["explain", "--list"]).stdout;
    let mut page = String::from(
        "# Rules of `spx lint`\n\nMade of what `spx explain` prints; each example is a test.\n\n",
    );
    for name in list.lines().filter_map(|line| line.split_whitespace().next()) {
        page.push_str(&world.spx(&["explain", name]).stdout.replacen("# ", "## ", 1));
        page.push('\n');
    }
    if std::fs::read_to_string("docs/rules.md").ok().as_deref() != Some(&page) {
        std::fs::create_dir_all("docs").unwrap();
        std::fs::write("docs/rules.md", page).unwrap();
        panic!("docs/rules.md was not made of the rules: it is now, commit it");
    }
}

/// With `SPX_SARIF_SCHEMA` naming OASIS' schema of SARIF 2.1.0, and a `python3` that has `jsonschema`.
#[test]
fn sarif_keeps_its_schema() {
    let Ok(schema) = std::env::var("SPX_SARIF_SCHEMA") else {
        eprintln!("SKIPPED: SARIF is not checked against its schema: SPX_SARIF_SCHEMA names none");
        return;
    };
    let world = World::new();
    let path = world.write("out.sarif", shown(&world, "sarif"));
    let script = "import json, jsonschema, sys\njsonschema.Draft7Validator(json.load(open(sys.argv[1]))).validate(json.load(open(sys.argv[2])))";
    let python = std::env::var("SPX_SARIF_PYTHON").unwrap_or_else(|_| "python3".to_owned());
    let ran = std::process::Command::new(python).args(["-c", script, &schema]).arg(path).output().unwrap();
    assert!(ran.status.success(), "{}", String::from_utf8_lossy(&ran.stderr));
}

/// What a program that goes on running has said so far, on either stream.
struct Talk {
    child: std::process::Child,
    lines: std::sync::mpsc::Receiver<String>,
    said: Vec<String>,
}

impl Talk {
    fn with(command: &mut std::process::Command) -> Self {
        use std::io::{BufRead, BufReader, Read};
        use std::process::Stdio;
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let (sender, lines) = std::sync::mpsc::channel();
        let streams: [Box<dyn Read + Send>; 2] =
            [Box::new(child.stdout.take().unwrap()), Box::new(child.stderr.take().unwrap())];
        for stream in streams {
            let sender = sender.clone();
            std::thread::spawn(move || {
                for line in BufReader::new(stream).lines().map_while(Result::ok) {
                    if sender.send(line).is_err() {
                        return;
                    }
                }
            });
        }
        Self { child, lines, said: Vec::new() }
    }

    /// Waits until it has said something so many times in all.
    fn until(&mut self, text: &str, times: usize) {
        while self.said.iter().filter(|line| line.contains(text)).count() < times {
            let line = self.lines.recv_timeout(std::time::Duration::from_mins(1));
            self.said.push(line.unwrap_or_else(|_| panic!("no {text:?} in {:#?}", self.said)));
        }
    }
}

impl Drop for Talk {
    fn drop(&mut self) {
        // It goes on until somebody stops it.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[test]
fn a_watched_project_is_looked_at_whenever_it_changes() {
    let world = World::new();
    let setup = |arguments: &str| format!("from setuptools import setup\nsetup(name='demo', {arguments})\n");
    let path = world.write("demo/setup.py", setup("version='one'"));
    let mut command = world.command(env!("CARGO_BIN_EXE_spx"));
    let mut talk = Talk::with(command.args(["lint", "--watch", "demo", "--format", "human"]));
    talk.until("`one` is not a version", 1);
    talk.until("watching", 1);
    // Many saves in a row; the last one counts.
    for version in 0..50 {
        std::fs::write(&path, setup(&format!("version='no {version}'"))).unwrap();
    }
    std::fs::write(&path, setup("version='1', install_require=[]")).unwrap();
    talk.until("no argument `install_require`", 1);
    talk.until("watching", 2);
    world.write("demo/MANIFEST.in", "inclde README.md\n");
    talk.until("unknown command `inclde`", 1);
    talk.until("watching", 3);
    std::fs::remove_dir_all(world.work().join("demo")).unwrap();
    talk.until("error: `demo`", 1);
    talk.until("watching", 4);
    world.write("demo/setup.py", setup("version='two'"));
    talk.until("`two` is not a version", 1);
    assert!(
        !talk.said.iter().any(|line| line.contains('\x1b')),
        "no terminal, no clearing: {:#?}",
        talk.said
    );
    // A directory that is not there at the start is a mistake.
    let ran = world.spx(&["lint", "--watch", "nothing"]);
    assert_eq!(ran.status, 2, "{}", ran.stderr);
}
