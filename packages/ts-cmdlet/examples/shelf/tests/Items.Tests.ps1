# Runs the module against a service on loopback, which these tests start:
# Invoke-Pester -Container (New-PesterContainer -Path ./tests -Data @{ Manifest = './module/Shelf/Shelf.psd1' })
param([Parameter(Mandatory)] [string] $Manifest)

Describe 'Shelf' {
    BeforeAll { . "$PSScriptRoot/ShelfService.ps1" }
    AfterAll { Stop-Shelf }
    BeforeEach { Initialize-Shelf }
    AfterEach { Clear-Shelf }

    Context 'Connect-Shelf' {
        It 'takes the key as a SecureString, and says how many items there are' {
            $connection = Connect-Shelf $uri -Key (ConvertTo-SecureString $key -AsPlainText)
            $connection.Uri, $connection.Items | Should -Be ([uri] $uri), 5
        }

        It 'is refused by the service for another key, and the connection stays' {
            $failed = Get-ErrorOf { Connect-Shelf $uri -Key 'another' }
            $failed.FullyQualifiedErrorId, $failed.CategoryInfo.Category | Should -Be 'KeyRefused,Connect-Shelf', 'AuthenticationError'
            Get-ShelfItem plan.txt | Should -Not -BeNullOrEmpty
        }

        It 'sends no key over HTTP to another machine' {
            (Get-ErrorOf { Connect-Shelf http://shelf.example/ -Key $key }).FullyQualifiedErrorId | Should -Be 'UriNotSecure,Connect-Shelf'
        }

        It 'is what the other cmdlets ask for after Disconnect-Shelf, which ends the process that has the key' {
            $children = Get-Process | Where-Object { $_.Parent.Id -eq $PID -and $_.Id -ne $service.Id }
            $children | Should -Not -BeNullOrEmpty
            Disconnect-Shelf
            $children | ForEach-Object { $_.WaitForExit(10000) } | Should -Not -Contain $false
            $failed = Get-ErrorOf { Get-ShelfItem }
            $failed.FullyQualifiedErrorId | Should -Be 'NotConnected,Get-ShelfItem'
        }
    }

    Context 'Get-ShelfItem' {
        It 'gets all items, page by page, in the order of their names' {
            (Get-ShelfItem).Name | Should -Be 'Draft.md', 'a b.txt', 'list.txt', 'notes.txt', 'plan.txt'
            Read-Request | Should -Be 'GET /items?skip=0&limit=100', 'GET /items?after=list.txt&limit=100'
        }

        It 'gets an item with its size, labels and time' {
            $item = Get-ShelfItem plan.txt
            $item.PSTypeNames[0] | Should -Be 'Shelf.Item'
            $item.Size | Should -Be 23
            $item.Labels | Should -Be 'text', 'plantxt'
            $item.Modified | Should -BeOfType ([datetimeoffset])
            [Math]::Abs(([datetimeoffset]::Now - $item.Modified).TotalMinutes) | Should -BeLessThan 5
        }

        It 'gets those that patterns find, without regard to case' {
            (Get-ShelfItem DRAFT.*, *[s].txt).Name | Should -Be 'Draft.md', 'notes.txt'
        }

        It 'writes an error for a name without an item, and goes on' {
            $found = Get-ShelfItem none.txt, plan.txt -ErrorAction SilentlyContinue -ErrorVariable failed
            $found.Name | Should -Be 'plan.txt'
            $failed.FullyQualifiedErrorId | Should -Be 'ItemNotFound,Get-ShelfItem'
            $failed.TargetObject | Should -Be 'none.txt'
        }

        It 'pages by -Skip and -First, which the service is asked for, after the total count' {
            $total, $names = Get-ShelfItem -Skip 1 -First 2 -IncludeTotalCount | ForEach-Object { $_.Name ?? $_ }
            $total, $total.Accuracy | Should -Be 5, 1
            $names | Should -Be 'a b.txt', 'list.txt'
            Read-Request | Should -Be 'GET /items?skip=1&limit=2'
        }

        It 'pages what a pattern finds, whose count is not known' {
            $total, $names = Get-ShelfItem *.txt -Skip 1 -First 2 -IncludeTotalCount | ForEach-Object { $_.Name ?? $_ }
            $total.Accuracy | Should -Be 0
            $names | Should -Be 'list.txt', 'notes.txt'
        }

        It 'asks for no page that the pipeline does not want' {
            (Get-ShelfItem | Select-Object -First 2).Name | Should -Be 'Draft.md', 'a b.txt'
            Read-Request | Should -Be 'GET /items?skip=0&limit=100'
        }

        It 'asks again where the service is busy' {
            $null = Invoke-RestMethod "${uri}test/busy" -NoProxy
            (Get-ShelfItem plan.txt).Name | Should -Be 'plan.txt'
            Read-Request | Should -Be 'GET /items/plan.txt', 'GET /items/plan.txt'
        }

        It 'shows items as a table, with large ones in color' {
            $null = New-ShelfItem big.bin ('x' * 1MB)
            $before = $PSStyle.OutputRendering
            $PSStyle.OutputRendering = 'Ansi'
            try { $shown = Get-ShelfItem big.bin, plan.txt | Out-String -Width 100 } finally { $PSStyle.OutputRendering = $before }
            $shown | Should -Match 'Name.+Size.+Modified.+Labels'
            $shown | Should -Match ([regex]::Escape("$($PSStyle.Foreground.Yellow)") + '\s*' + [regex]::Escape('{0:N0}' -f 1MB))
            $shown | Should -Match 'text, plantxt'
        }
    }

    Context 'Tab' {
        It 'completes the names of items by those of the service' {
            (Get-Completion 'Remove-ShelfItem ').CompletionText | Should -Be 'Draft.md', "'a b.txt'", 'list.txt', 'notes.txt', 'plan.txt'
            (Get-Completion 'Receive-ShelfItem -Name PL').CompletionText | Should -Be 'plan.txt'
            (Get-Completion 'Get-ShelfItem pl').ToolTip | Should -Be '23 bytes text, plantxt'
        }

        It 'completes labels' {
            (Get-Completion 'Set-ShelfItem plan.txt p').CompletionText | Should -Be 'plantxt'
        }

        It 'completes the properties of what a cmdlet writes' {
            (Get-Completion 'Get-ShelfItem | Sort-Object ').CompletionText | Should -Be 'Labels', 'Length', 'Modified', 'Name', 'Size'
            (Get-Completion '(Watch-ShelfItem).').CompletionText | Should -Contain 'Kind'
        }
    }

    Context 'New-ShelfItem' {
        It 'leaves an item that there is, and says so' {
            $failed = Get-ErrorOf { New-ShelfItem plan.txt 'another' }
            $failed.FullyQualifiedErrorId | Should -Be 'ItemExists,New-ShelfItem'
            Read-Service 'items/plan.txt/content' | Should -Be 'The content of plan.txt'
        }

        It 'creates none under -WhatIf' {
            New-ShelfItem new.txt 'text' -WhatIf
            Read-Request | Should -BeNullOrEmpty
        }

        It 'takes a name that the service does not for an error' {
            (Get-ErrorOf { New-ShelfItem '../x' 'text' }).FullyQualifiedErrorId | Should -Be 'InvalidItemName,New-ShelfItem'
        }
    }

    Context 'Set-ShelfItem' {
        It 'gives the items of the pipeline other labels' {
            $changed = Get-ShelfItem p*, l* | Set-ShelfItem -Label done -PassThru
            $changed.Name | Should -Be 'plan.txt', 'list.txt'
            (Read-Service 'items/list.txt').labels | Should -Be 'done'
            (Read-Service 'items/notes.txt').labels | Should -Be 'text', 'notestxt'
        }
    }

    Context 'Remove-ShelfItem' {
        It 'removes what a pattern finds, with -Force without a question' {
            Remove-ShelfItem *.txt -Force
            (Read-Service 'items?limit=3').items.name | Should -Be 'Draft.md'
        }

        It 'removes the items of the pipeline, while it reads the next page' {
            Get-ShelfItem | Where-Object Length -gt 22 | Remove-ShelfItem -Force
            (Read-Service 'items?limit=3').items.name | Should -Be 'a b.txt'
        }

        It 'removes none under -WhatIf, with -Force too' {
            Remove-ShelfItem * -Force -WhatIf
            Get-ShelfItem plan.txt | Remove-ShelfItem -Force -WhatIf
            (Read-Service 'items?limit=3').total | Should -Be 5
        }

        It 'removes none without an answer to its question' {
            { Remove-ShelfItem plan.txt } | Should -Throw
            (Read-Service 'items/plan.txt').name | Should -Be 'plan.txt'
        }

        It 'takes an object that a script has made of the type' {
            $item = [pscustomobject]@{ PSTypeName = 'Shelf.Item'; Name = 'plan.txt'; Size = 1; Labels = @(); Modified = [datetimeoffset]::Now }
            $item | Remove-ShelfItem -Force
            (Read-Service 'items?limit=3').total | Should -Be 4
        }

        It 'takes an item from a file' {
            Get-ShelfItem plan.txt | Export-Clixml "$TestDrive/item.xml"
            Import-Clixml "$TestDrive/item.xml" | Remove-ShelfItem -Force
            (Read-Service 'items?limit=3').total | Should -Be 4
        }

        It 'takes no object that only has the type of an item, and goes on with the next' {
            $object = [pscustomobject]@{ PSTypeName = 'Shelf.Item'; Size = 1 }
            $object, (Get-ShelfItem plan.txt) | Remove-ShelfItem -Force -ErrorAction SilentlyContinue -ErrorVariable failed
            $failed.FullyQualifiedErrorId, $failed.CategoryInfo.Category | Should -Be 'ObjectNotAsDeclared,Remove-ShelfItem', 'InvalidArgument'
            $failed.TargetObject | Should -Be 'InputObject'
            $failed.ErrorDetails.Message | Should -BeLike "*for -InputObject*must have required property 'Name'*"
            (Read-Service 'items?limit=3').total | Should -Be 4
        }

        It 'refuses an object whose member has another type, and names it' {
            $item = Get-ShelfItem plan.txt
            $item.Labels = 'text', 1
            $failed = Get-ErrorOf { Remove-ShelfItem -InputObject $item -Force }
            $failed.ErrorDetails.Message | Should -BeLike '*property Labels.1 must be string*'
            (Read-Service 'items?limit=3').total | Should -Be 5
        }
    }

    Context 'Measure-ShelfItem' {
        It 'counts the items of the whole pipeline by their labels, the largest first' {
            $measured = Get-ShelfItem | Measure-ShelfItem
            $measured | Should -HaveCount 6
            $measured[0].Label, $measured[0].Items, $measured[0].Size | Should -Be 'text', 5, 115
        }

        It 'counts sizes beyond 32 bits' {
            $item = Get-ShelfItem plan.txt
            $item.Size = 5GB
            (Measure-ShelfItem -InputObject $item)[0].Size | Should -Be 5GB
        }
    }
}
