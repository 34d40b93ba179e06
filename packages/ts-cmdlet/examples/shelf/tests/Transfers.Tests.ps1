# Files and streams of the module; Items.Tests.ps1 says how the tests are run.
param([Parameter(Mandatory)] [string] $Manifest)

Describe 'Shelf' {
    BeforeAll { . "$PSScriptRoot/ShelfService.ps1" }
    AfterAll { Stop-Shelf }
    BeforeEach { Initialize-Shelf }
    AfterEach { Clear-Shelf }

    Context 'Send-ShelfFile and Receive-ShelfItem' {
        BeforeEach {
            $folder = New-Item -ItemType Directory (Join-Path $TestDrive ([guid]::NewGuid()))
            [System.IO.File]::WriteAllBytes("$folder/bytes.bin", [byte[]] (0..255 * 1000))
            [System.IO.File]::WriteAllText("$folder/small.bin", 'small')
            Push-Location $folder
        }

        AfterEach { Pop-Location }

        It 'carry files there and back, byte by byte' {
            $sent = Send-ShelfFile ./*.bin -Label binary
            $sent.Name | Should -Be 'bytes.bin', 'small.bin'
            $sent[0].Size, $sent[0].Labels | Should -Be 256000, 'binary'
            $null = New-Item -ItemType Directory back
            $received = $sent | Receive-ShelfItem -Destination back
            $received[0].Path | Should -Be (Join-Path $folder 'back' 'bytes.bin')
            (Get-FileHash back/bytes.bin).Hash | Should -Be (Get-FileHash bytes.bin).Hash
            (Get-ChildItem back).Name | Should -Be 'bytes.bin', 'small.bin'
        }

        It 'replace an item, and a file only with -Force' {
            $null = Send-ShelfFile small.bin
            [System.IO.File]::WriteAllText("$folder/small.bin", 'changed')
            (Get-ErrorOf { Receive-ShelfItem small.bin . }).FullyQualifiedErrorId | Should -Be 'FileExists,Receive-ShelfItem'
            Get-Content small.bin | Should -Be 'changed'
            $null = Receive-ShelfItem small.bin . -Force
            Get-Content small.bin | Should -Be 'small'
        }

        It 'do nothing under -WhatIf' {
            Send-ShelfFile *.bin -WhatIf
            Receive-ShelfItem plan.txt . -WhatIf
            Read-Request | Should -BeNullOrEmpty
            (Get-ChildItem).Name | Should -Be 'bytes.bin', 'small.bin'
        }

        It 'go on behind a file that cannot be sent' {
            $null = New-Item -ItemType Directory folder.bin
            (Send-ShelfFile *.bin -ErrorAction SilentlyContinue -ErrorVariable failed).Name | Should -Be 'bytes.bin', 'small.bin'
            $failed.FullyQualifiedErrorId | Should -Be 'FileNotReadable,Send-ShelfFile'
        }

        It 'write no file outside of the folder' {
            (Get-ErrorOf { Receive-ShelfItem ../escaped . }).FullyQualifiedErrorId | Should -Be 'InvalidFileName,Receive-ShelfItem'
        }
    }

    Context 'Watch-ShelfItem' {
        AfterEach { if ($apart) { $apart.Shell.Dispose() } }

        It 'writes changes as they happen, until the pipeline has enough' {
            $apart = Start-Apart 'Watch-ShelfItem *.txt | Select-Object -First 3'
            Wait-Watcher 1
            $null = New-ShelfItem other.md 'text'
            $null = New-ShelfItem new.txt 'text'
            Set-ShelfItem new.txt done
            Remove-ShelfItem new.txt -Force
            $changes = $apart.Shell.EndInvoke($apart.Running)
            Wait-Watcher 0
            $changes.Kind | Should -Be 'Created', 'Changed', 'Removed'
            $changes[0].PSTypeNames | Should -Contain 'Shelf.Change'
        }

        It 'ends its request with Ctrl+C, and the session goes on' {
            $apart = Start-Apart 'Watch-ShelfItem'
            Wait-Watcher 1
            # What a console does for Ctrl+C.
            $apart.Shell.Stop()
            Wait-Watcher 0
            $apart.Shell.InvocationStateInfo.State | Should -Be 'Stopped'
            $apart.Shell.Commands.Clear()
            $apart.Shell.AddCommand('Get-ShelfItem').AddArgument('plan.txt').Invoke().Name | Should -Be 'plan.txt'
        }
    }
}
